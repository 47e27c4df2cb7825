// What `podbrief explain` tells, of a store that the services made.
#include <gtest/gtest.h>

#include <deque>

#include "adapters/terminal/render.hpp"
#include "core/async/task_scope.hpp"
#include "core/commands/explain.hpp"
#include "core/services/composer_writer.hpp"
#include "core/services/delivery_worker.hpp"
#include "core/text/unicode.hpp"
#include "tests/core/services/chat_library.hpp"

namespace podbrief::services {
namespace {

using namespace std::chrono_literals;
using podbrief::testing::ChatLibrary;

// A chat whose answers a test gives; 412 ms after the call. Without one: sent.
class ScriptedChat final : public Messenger {
public:
    explicit ScriptedChat(Clock& clock) : clock_(clock) {
        traits_.platform = "slack";
        traits_.lane_per_workspace = true;
        traits_.has_history = true;
    }
    std::deque<SendOutcome> answers;

    const PlatformTraits& traits() const override { return traits_; }
    std::vector<Reply> split(const Reply& reply) const override { return {reply}; }
    asio::awaitable<SendOutcome> post(OutgoingMessage) override { return answer(); }
    asio::awaitable<SendOutcome> edit(OutgoingMessage, std::string) override { return answer(); }
    asio::awaitable<SendOutcome> find(OutgoingMessage, WallTime) override { return answer(); }

private:
    asio::awaitable<SendOutcome> answer() {
        co_await clock_.sleep_for(412ms);
        SendOutcome outcome = Sent{"1773298800.412"};
        if (!answers.empty()) {
            outcome = answers.front();
            answers.pop_front();
        }
        co_return outcome;
    }

    Clock& clock_;
    PlatformTraits traits_;
};

class Story : public ::testing::Test {
protected:
    Story() {
        library.add_sample();
        messengers["slack"] = &chat;
        library.clock.set_wall(std::chrono::sys_days{std::chrono::year{2026} / 3 / 12} + 5h);
        anna = library.reader("anna", "Europe/Berlin");
    }
    ~Story() override { stop(); }

    void brief_in_slack() {
        DestinationRecord record;
        record.reader = anna.id;
        record.address = {"slack", "T1", "C2", ""};
        library.get(library.store.add_destination(record, library.clock.wall_now()));
    }

    void start(std::string name) {
        DeliveryWorker::Ports ports{
            library.store, library.store, writer, nullptr, messengers, briefs::system_zones(),
            nullptr,       library.clock, random, log,     metrics,    library.context.get_executor()};
        worker = std::make_unique<DeliveryWorker>(std::move(name), std::move(ports), DeliveryWorker::Settings{});
        tasks.spawn("delivery", worker->run());
        settle();
    }
    void stop() {
        tasks.request_stop();
        for (int i = 0; i < 100 && tasks.size() > 0; ++i) {
            settle();
            library.clock.advance_to_next();
        }
        settle();
        worker.reset();
    }
    void settle() {
        library.context.restart();
        library.context.poll();
    }
    void run_for(Millis time) {
        const SteadyTime end = library.clock.steady_now() + time;
        settle();
        while (library.clock.next_due() && *library.clock.next_due() <= end) {
            library.clock.advance_to_next();
            settle();
        }
        library.clock.advance(end - library.clock.steady_now());
        settle();
    }

    commands::Explained known(const std::string& key) {
        commands::Explained what;
        what.reader = "anna";
        what.story = library.get(library.store.story(anna.id, key)).value();
        const std::vector<Slot> slots = library.get(library.store.slots(anna.id, 100));
        for (const Slot& slot : slots) what.briefs.emplace(slot.sequence, slot.key);
        std::vector<InsightId> ids;
        if (what.story.brief) {
            for (const BriefItem& item : what.story.brief->items) ids.push_back(item.insight);
        }
        what.details = library.get(library.store.details(std::move(ids)));
        what.destinations = library.get(library.store.destinations(anna.id));
        what.now = library.clock.wall_now();
        return what;
    }
    std::string told(const std::string& key) {
        return terminal::render(commands::explain(known(key), briefs::system_zones()), {});
    }

    ChatLibrary library;
    ScriptedChat chat{library.clock};
    Messengers messengers;
    ComposerWriter writer{library.store, library.store, library.composer, library.clock};
    Random random{1};
    NullLog log;
    NullMetrics metrics;
    TaskScope tasks{library.context.get_executor(), [](const std::string&, std::exception_ptr) {}};
    std::unique_ptr<DeliveryWorker> worker;
    Reader anna;
};

TEST_F(Story, OfABriefThatWasSentInTime) {
    brief_in_slack();
    start("host-1-aa");
    run_for(3h);
    const std::string text = told("2026-03-12");
    EXPECT_TRUE(
        text.starts_with("Brief of 2026-03-12 for anna\n"
                         "----------------------------\n"
                         "Sent 0.4 s after its time.\n"))
        << text;
    EXPECT_NE(text.find("Due       Thursday, 12 March 2026, 08:00:00 Europe/Berlin\n"
                        "          2026-03-12 07:00:00 UTC\n"
                        "Planned   2026-03-12 06:15:00 UTC, 45 min before\n"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("by host-1-aa\nState     fired (number 1 of anna)\n"), std::string::npos) << text;
    EXPECT_NE(text.find("To slack:T1/C2\n"), std::string::npos) << text;
    EXPECT_NE(text.find("Assigned  08:00:00 Europe/Berlin, 0.000 s from its hour\n"), std::string::npos) << text;
    EXPECT_NE(text.find("attempt began: post"), std::string::npos) << text;
    EXPECT_NE(text.find("07:00:00.412  +0.412 s  sent: 1773298800.412"), std::string::npos) << text;
    EXPECT_NE(text.find("1. insight 4   Restricting advanced chips"), std::string::npos) << text;
    EXPECT_LT(text.find("sent: "), text.find("What is in it")) << "what became of it comes first";
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(text::display_width(line), 80u) << line;
}

TEST_F(Story, OfAnAnswerThatWasLostAndAMessageFoundInTheChat) {
    brief_in_slack();
    chat.answers.push_back(OutcomeUnknown{"no answer within 8 s"});
    start("host-1-aa");
    run_for(3h);
    const std::string text = told("2026-03-12");
    EXPECT_NE(text.find("\nSent; found in the chat 2."), std::string::npos) << text;
    EXPECT_NE(text.find("outcome unknown: no answer within 8 s"), std::string::npos) << text;
    EXPECT_LT(text.find("outcome unknown"),
              text.find("+2.") == std::string::npos ? 0 : text.rfind("found in the chat"));
}

TEST_F(Story, OfABriefWithoutAnyChatToSendItTo) {
    start("host-1-aa");
    run_for(3h);
    const std::string text = told("2026-03-12");
    EXPECT_NE(text.find("Composed; there was nowhere to send it to, anna sees it by asking for it.\n"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("done: nowhere to send to"), std::string::npos) << text;
    EXPECT_EQ(known("2026-03-12").story.brief->items.size(), 5u);
}

TEST_F(Story, OfDaysOnWhichNothingRan) {
    brief_in_slack();
    start("host-1-aa");
    run_for(3h);
    stop();
    library.clock.advance(48h + 2h);  // 14 March, 11:00 in Berlin
    start("host-2-bb");
    run_for(1min);
    const std::string missed = told("2026-03-13");
    EXPECT_NE(missed.find("Folded into the brief of 2026-03-14"), std::string::npos) << missed;
    const std::string late = told("2026-03-14");
    EXPECT_NE(late.find("host-2-bb"), std::string::npos) << late;
}

TEST_F(Story, OfAChatThatIsGone) {
    brief_in_slack();
    chat.answers.push_back(DestinationGone{DestinationState::gone, "channel_not_found"});
    start("host-1-aa");
    run_for(3h);
    const std::string text = told("2026-03-12");
    EXPECT_NE(text.find("Not sent, there is nowhere to send to any more: channel_not_found.\n"), std::string::npos)
        << text;
}

TEST_F(Story, IsKeptWhenTheClockIsSetYearsAheadAndTheStoreSaysSo) {
    brief_in_slack();
    start("host-1-aa");
    run_for(3h);
    const WallTime right = library.clock.wall_now();
    library.clock.set_wall(right + 24h * 1000);
    run_for(2min);
    EXPECT_EQ(library.get(library.store.note(clock_jump_note)), std::to_string(Millis{24h * 1000}.count()));
    EXPECT_TRUE(library.get(library.store.story(anna.id, "2026-03-12")));
    library.clock.set_wall(right + 2min);
    run_for(2min);
    EXPECT_EQ(library.get(library.store.note(clock_jump_note)), "");
}

}  // namespace
}  // namespace podbrief::services
