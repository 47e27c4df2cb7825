// A process that dies at any of its calls: everything is carried out, and answered once.
#include <gtest/gtest.h>

#include <functional>

#include "core/delivery/key.hpp"
#include "tests/core/reception/town.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;

// What somebody sees in the end.
struct Outcome {
    std::vector<std::string> payloads;  // of what was stored for sending since, in order
    Profile profile;
    std::vector<std::pair<InsightId, FeedbackKind>> feedback;
    std::optional<Onboarding> onboarding;
    std::vector<InsightId> listed;
    bool known = false;
    DestinationState place = DestinationState::gone;
    bool operator==(const Outcome&) const = default;
};

DeliveryId last_delivery(Town& town) {
    const auto& all = town.library.store.all_deliveries();
    return all.empty() ? DeliveryId() : all.rbegin()->first;
}

Outcome outcome_of(Town& town, const Person& person, DeliveryId before) {
    Outcome outcome;
    for (const auto& [id, delivery] : town.library.store.all_deliveries()) {
        if (id > before) outcome.payloads.push_back(delivery.payload);
    }
    const Reader reader = town.reader_of(person);
    outcome.known = static_cast<bool>(reader.id);
    outcome.profile = reader.profile;
    for (const Feedback& one : town.library.get(town.library.store.feedback(reader.id))) {
        outcome.feedback.emplace_back(one.insight, one.kind);
    }
    if (auto onboarding = town.library.get(town.library.store.onboarding(reader.id))) {
        onboarding->reader = {};
        outcome.onboarding = std::move(onboarding);
    }
    outcome.listed = town.library.get(town.library.store.conversation(to_string(person.chat))).listed;
    if (const auto place = town.destination_of(person)) outcome.place = place->state;
    return outcome;
}

using Prepare = std::function<Incoming(Town&, const Person&)>;

struct Trial {
    Outcome outcome;
    std::uint64_t points = 0;
};

// Prepares, accepts the item, and lets the process that carries it out die at its `dies_at`th point; then others take
// over.
Trial run_with_death(const Prepare& prepare, std::uint64_t dies_at) {
    Town town;
    const Person ada = town.person("telegram");
    Incoming item = prepare(town, ada);
    const DeliveryId before = last_delivery(town);
    EXPECT_EQ(town.library.get(town.office->reception.accept(item)), Intake::Accepted::first);
    auto doomed = std::make_unique<Office>(town.library, town.messengers, town.frontends, "doomed");
    std::uint64_t points = 0;
    doomed->process.on_point = [&](Process& process, const char*, const char*) {
        if (++points == dies_at) process.kill();
    };
    try {
        town.library.get(doomed->reception.run_once());
    } catch (const Died&) {
    }
    doomed.reset();
    town.library.clock.advance(40s);
    town.library.get(town.office->reception.run_once());
    EXPECT_EQ(town.library.get(town.library.store.open_items()), 0u);
    EXPECT_EQ(town.library.get(town.office->reception.accept(item)), Intake::Accepted::seen_before);
    town.library.get(town.office->reception.run_once());
    return {outcome_of(town, ada, before), points};
}

void expect_the_same_wherever_it_dies(const Prepare& prepare) {
    const Trial undisturbed = run_with_death(prepare, 0);
    ASSERT_GT(undisturbed.points, 4u);
    EXPECT_FALSE(undisturbed.outcome.payloads.empty());
    for (std::uint64_t at = 1; at <= undisturbed.points; ++at) {
        SCOPED_TRACE("dies at point " + std::to_string(at));
        const Trial run = run_with_death(prepare, at);
        EXPECT_EQ(run.outcome.payloads, undisturbed.outcome.payloads);
        EXPECT_EQ(run.outcome.profile, undisturbed.outcome.profile);
        EXPECT_EQ(run.outcome.feedback, undisturbed.outcome.feedback);
        EXPECT_EQ(run.outcome.onboarding, undisturbed.outcome.onboarding);
        EXPECT_EQ(run.outcome.listed, undisturbed.outcome.listed);
        EXPECT_EQ(run.outcome.known, undisturbed.outcome.known);
        EXPECT_EQ(run.outcome.place, undisturbed.outcome.place);
        if (::testing::Test::HasFailure()) return;
    }
}

void sign_up(Town& town, const Person& person) {
    town.open(person);
    town.say(person, "chip export controls");
    town.say(person, "skip");
    town.say(person, "8:00");
    town.say(person, "Berlin");
}

Incoming pressing(Town& town, const Person& person, Action::Kind kind) {
    Incoming pressed = town.incoming(person, Incoming::Kind::button);
    for (const auto& [id, delivery] : town.library.store.all_deliveries()) {
        if (delivery.state == DeliveryState::sent) pressed.message_ref = delivery.message_ref;
    }
    Action action;
    action.kind = kind;
    action.insight = town.library.get(town.library.store.conversation(to_string(person.chat))).listed.at(0);
    pressed.action_data = to_data(action).value();
    return pressed;
}

TEST(ADeathAnywhere, LosesAndDoublesNothingOfAListThatMeansNumbersOfTheListBefore) {
    expect_the_same_wherever_it_dies([](Town& town, const Person& ada) {
        sign_up(town, ada);
        town.say(ada, "more on chip export controls");
        return town.incoming(ada, Incoming::Kind::text, "more on 2");
    });
}

TEST(ADeathAnywhere, LosesAndDoublesNothingOfANextPage) {
    expect_the_same_wherever_it_dies([](Town& town, const Person& ada) {
        for (int i = 0; i < 6; ++i) {
            town.library.add({"Foundry Floor " + std::to_string(i),
                              "Guest",
                              "Export controls on chips changed what plant number " + std::to_string(i + 10) +
                                  " buys from tool makers in region " + std::to_string(i + 20) + ".",
                              {"chip export controls"}});
        }
        sign_up(town, ada);
        town.say(ada, "more on chip export controls");
        return town.incoming(ada, Incoming::Kind::text, "more");
    });
}

TEST(ADeathAnywhere, DoesNotTakeASaveBack) {
    expect_the_same_wherever_it_dies([](Town& town, const Person& ada) {
        sign_up(town, ada);
        town.say(ada, "more on chip export controls");
        return pressing(town, ada, Action::Kind::save);
    });
}

TEST(ADeathAnywhere, DoesNotSaveAnewWhatIsTakenBack) {
    expect_the_same_wherever_it_dies([](Town& town, const Person& ada) {
        sign_up(town, ada);
        town.say(ada, "more on chip export controls");
        town.press(ada, "Save", 1);
        return pressing(town, ada, Action::Kind::save);
    });
}

TEST(ADeathAnywhere, DoesNotUnmuteWhatIsMuted) {
    expect_the_same_wherever_it_dies([](Town& town, const Person& ada) {
        sign_up(town, ada);
        town.say(ada, "more on chip export controls");
        return pressing(town, ada, Action::Kind::mute);
    });
}

TEST(ADeathAnywhere, DoesNotTakeAnAnswerForOneToTheNextQuestion) {
    expect_the_same_wherever_it_dies([](Town& town, const Person& ada) {
        town.open(ada);
        return town.incoming(ada, Incoming::Kind::text, "energy, Base Load");
    });
}

TEST(ADeathAnywhere, DoesNotTurnAChoiceRound) {
    expect_the_same_wherever_it_dies([](Town& town, const Person& ada) {
        town.open(ada);
        Incoming pressed = town.incoming(ada, Incoming::Kind::button);
        pressed.message_ref = town.library.store.all_deliveries().begin()->second.message_ref;
        pressed.action_data = "choose:topics:energy";
        return pressed;
    });
}

TEST(ADeathAnywhere, LeavesNothingOfWhoIsForgotten) {
    expect_the_same_wherever_it_dies([](Town& town, const Person& ada) {
        sign_up(town, ada);
        return town.incoming(ada, Incoming::Kind::text, "forget me now");
    });
}

TEST(ADeathAnywhere, LosesNothingOfASignUp) {
    expect_the_same_wherever_it_dies([](Town& town, const Person& ada) {
        town.open(ada);
        town.say(ada, "skip");
        town.say(ada, "skip");
        town.say(ada, "7:30");
        return town.incoming(ada, Incoming::Kind::text, "Tokyo");
    });
}

// Its learning may be counted twice: profile and feedback are two writes.
TEST(ADeathAnywhere, KeepsALikeThatWasPressed) {
    const Prepare like = [](Town& town, const Person& ada) {
        sign_up(town, ada);
        town.say(ada, "more on chip export controls");
        return pressing(town, ada, Action::Kind::like);
    };
    const Trial undisturbed = run_with_death(like, 0);
    for (std::uint64_t at = 1; at <= undisturbed.points; ++at) {
        const Trial run = run_with_death(like, at);
        EXPECT_EQ(run.outcome.payloads, undisturbed.outcome.payloads) << at;
        EXPECT_EQ(run.outcome.feedback, undisturbed.outcome.feedback) << at;
    }
}

}  // namespace
}  // namespace podbrief::testing
