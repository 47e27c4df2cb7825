#pragma once
#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <optional>
#include <string>
#include <utility>

#include "adapters/doubles/platform_model.hpp"
#include "adapters/doubles/trouble.hpp"
#include "core/ports/messenger.hpp"
#include "core/text/unicode.hpp"
#include "tests/doubles/model/doubles.hpp"
#include "tests/support/run.hpp"

// What every Messenger does, whatever is between it and its platform. A World is a platform model, a messenger over it
// and one open chat:
//   asio::io_context& context(); Messenger& messenger(); PlatformModel& model(); Trouble& trouble();
//   Destination chat();        that is open
//   WallTime now();            the platform's and ours
//   void pass_time();          called again and again while a test waits (a manual clock goes on to who waits next)
//   void pass(Millis);         nobody waits; time goes on
namespace podbrief::contract {

using podbrief::testing::Access;
using podbrief::testing::Fault;
using podbrief::testing::FaultKind;

template <class World>
class MessengerContract : public ::testing::Test {
protected:
    static constexpr const char* key = "abcdefghijklmnopqrstuvwx";

    static OutgoingMessage message_to(Destination to, const std::string& text) {
        OutgoingMessage out;
        out.to = std::move(to);
        out.key = key;
        out.content.blocks = {Heading{"Heading of " + text}, Paragraph{"Paragraph <b> & of " + text}};
        InsightCard card;
        card.number = 1;
        card.text = "Claim of " + text;
        card.show = "Show of " + text;
        card.link = "https://example.com/1";
        out.content.blocks.emplace_back(card);
        out.content.suggestions = {"more on 1"};
        return out;
    }
    OutgoingMessage message(const std::string& text) { return message_to(world.chat(), text); }

    struct Watched {
        std::optional<SendOutcome> outcome;
        bool aborted = false;
        template <class Kind>
        const Kind* as() const {
            return outcome ? std::get_if<Kind>(&*outcome) : nullptr;
        }
    };
    // Runs the call to its end while time passes; cancels it after `steps` steps.
    Watched watch(asio::awaitable<SendOutcome> call, int cancel_after = -1) {
        Watched out;
        bool done = false;
        asio::cancellation_signal cancel;
        auto keep = [&](std::exception_ptr failure, SendOutcome outcome) {
            done = true;
            try {
                if (failure) std::rethrow_exception(failure);
                out.outcome = std::move(outcome);
            } catch (const boost::system::system_error& error) {
                out.aborted = error.code() == asio::error::operation_aborted;
            }
        };
        asio::co_spawn(world.context(), std::move(call), asio::bind_cancellation_slot(cancel.slot(), keep));
        const auto ended = [&done] { return done; };
        auto drive = [&]() -> asio::awaitable<void> {
            for (int step = 0; !ended(); ++step) {
                if (step == cancel_after) {
                    cancel.emit(asio::cancellation_type::terminal);
                } else if (cancel_after < 0) {
                    world.pass_time();
                }
                co_await asio::post(world.context(), asio::use_awaitable);
            }
        };
        podbrief::testing::run(world.context(), drive());
        return out;
    }
    Watched post(OutgoingMessage m) { return watch(world.messenger().post(std::move(m))); }
    Watched edit(OutgoingMessage m, std::string ref) {
        return watch(world.messenger().edit(std::move(m), std::move(ref)));
    }
    Watched find(OutgoingMessage m, WallTime since) { return watch(world.messenger().find(std::move(m), since)); }

    std::vector<podbrief::testing::ChatMessage> visible() {
        std::vector<podbrief::testing::ChatMessage> out;
        world.model().settle(world.now());
        for (const auto& m : world.model().chat(world.chat().workspace, world.chat().chat)->messages) {
            if (m.visible() && m.author == podbrief::testing::bot_name) out.push_back(m);
        }
        return out;
    }
    // All that people see of it: text, what its links open, and what can be pressed; without case.
    static std::string shown(const podbrief::testing::ChatMessage& message) {
        std::string all = message.text;
        for (const auto& link : message.links) all += "\n" + link;
        for (const auto& button : message.buttons) all += "\n" + button;
        return podbrief::text::to_lower(all);
    }
    void order(FaultKind kind, bool made = false) {
        Fault fault;
        fault.kind = kind;
        fault.made = made;
        world.trouble().order(fault);
    }

    World world;
};

TYPED_TEST_SUITE_P(MessengerContract);

TYPED_TEST_P(MessengerContract, APostMakesExactlyOneMessageWithAllOfTheText) {
    const auto sent = this->post(this->message("today"));
    ASSERT_NE(sent.template as<Sent>(), nullptr);
    const auto seen = this->visible();
    ASSERT_EQ(seen.size(), 1U);
    EXPECT_EQ(seen[0].id, sent.template as<Sent>()->message_ref);
    for (const auto* text : {"Heading of today", "Paragraph <b> & of today", "Claim of today", "Show of today",
                             "https://example.com/1", "more on 1"}) {
        EXPECT_NE(this->shown(seen[0]).find(podbrief::text::to_lower(text)), std::string::npos)
            << text << " is missing in\n"
            << this->shown(seen[0]);
    }
}

TYPED_TEST_P(MessengerContract, TheSameKeyMakesNoSecondMessageWithinTheNonceWindow) {
    const auto window = this->world.messenger().traits().nonce_window;
    const auto first = this->post(this->message("today"));
    this->world.pass(window > Millis{2'000} ? window - Millis{2'000} : Millis{2'000});
    const auto second = this->post(this->message("today"));
    ASSERT_NE(second.template as<Sent>(), nullptr);
    const bool same = first.template as<Sent>()->message_ref == second.template as<Sent>()->message_ref;
    EXPECT_EQ(same, window > Millis{0});
    EXPECT_EQ(this->visible().size(), window > Millis{0} ? 1U : 2U);
}

TYPED_TEST_P(MessengerContract, FindTellsWhatIsThereFromWhatIsNot) {
    const auto since = this->world.now();
    const auto before = this->find(this->message("today"), since);
    if (!this->world.messenger().traits().has_history) {
        EXPECT_NE(before.template as<HistoryClosed>(), nullptr);
        return;
    }
    EXPECT_NE(before.template as<NotFound>(), nullptr);
    const auto sent = this->post(this->message("today"));
    for (int i = 0; i < 120; ++i) {
        this->world.pass(Millis{1'000});
        this->world.model().say(this->world.chat().workspace, this->world.chat().chat, "somebody", "hello",
                                this->world.now());
    }
    const auto after = this->find(this->message("today"), since);
    ASSERT_NE(after.template as<Sent>(), nullptr);
    EXPECT_EQ(after.template as<Sent>()->message_ref, sent.template as<Sent>()->message_ref);
    auto other = this->message("today");
    other.key = "zyxwvutsrqponmlkjihgfedc";
    this->world.pass(Millis{60'000});
    EXPECT_NE(this->find(other, since).template as<NotFound>(), nullptr);
}

TYPED_TEST_P(MessengerContract, FindReadsNoFurtherThanToWhatItLooksForHoweverLongAgoItMayBe) {
    if (!this->world.messenger().traits().has_history) return;
    const auto say = [&](int count, Millis apart) {
        for (int i = 0; i < count; ++i) {
            this->world.pass(apart);
            this->world.model().say(this->world.chat().workspace, this->world.chat().chat, "somebody", "hello",
                                    this->world.now());
        }
    };
    const auto since = this->world.now();
    say(2'500, Millis{30'000});  // more than it would read
    this->post(this->message("today"));
    say(20, Millis{1'000});
    EXPECT_NE(this->find(this->message("today"), since).template as<Sent>(), nullptr);
    auto other = this->message("today");
    other.key = "zyxwvutsrqponmlkjihgfedc";
    this->world.pass(Millis{60'000});
    EXPECT_EQ(this->find(other, since).template as<NotFound>(), nullptr) << "not all was read";
    this->world.pass(Millis{60'000});
    EXPECT_NE(this->find(other, this->world.now() - std::chrono::minutes{30}).template as<NotFound>(), nullptr);
}

TYPED_TEST_P(MessengerContract, AnEditMayBeRepeated) {
    const auto ref = this->post(this->message("today")).template as<Sent>()->message_ref;
    for (int i = 0; i < 2; ++i) {
        this->world.pass(Millis{2'000});
        const auto edited = this->edit(this->message("tomorrow"), ref);
        ASSERT_NE(edited.template as<Sent>(), nullptr);
        EXPECT_EQ(edited.template as<Sent>()->message_ref, ref);
    }
    const auto seen = this->visible();
    ASSERT_EQ(seen.size(), 1U);
    EXPECT_NE(seen[0].text.find("Claim of tomorrow"), std::string::npos);
    EXPECT_EQ(seen[0].edits.size(), 1U);
}

TYPED_TEST_P(MessengerContract, AnEditOfWhatSomebodyRemovedIsNotFound) {
    const auto ref = this->post(this->message("today")).template as<Sent>()->message_ref;
    this->world.model().delete_message(this->world.chat().workspace, this->world.chat().chat, ref, this->world.now());
    this->world.pass(Millis{2'000});
    EXPECT_NE(this->edit(this->message("tomorrow"), ref).template as<NotFound>(), nullptr);
}

TYPED_TEST_P(MessengerContract, AReservedLineIsFilledWhereThereArePlaceholders) {
    const auto reserved = this->watch(this->world.messenger().reserve(this->message("today")));
    if (!this->world.messenger().traits().has_placeholders) {
        EXPECT_NE(reserved.template as<PayloadRefused>(), nullptr);
        EXPECT_TRUE(this->visible().empty());
        return;
    }
    ASSERT_NE(reserved.template as<Sent>(), nullptr);
    ASSERT_EQ(this->visible().size(), 1U);
    EXPECT_EQ(this->visible()[0].text.find("today"), std::string::npos);
    this->world.pass(Millis{2'000});
    const auto filled = this->edit(this->message("today"), reserved.template as<Sent>()->message_ref);
    ASSERT_NE(filled.template as<Sent>(), nullptr);
    ASSERT_EQ(this->visible().size(), 1U);
    EXPECT_NE(this->visible()[0].text.find("Claim of today"), std::string::npos);
}

TYPED_TEST_P(MessengerContract, PartsFitAndLoseNothing) {
    auto all = this->message("today");
    for (int i = 2; i < 60; ++i) {
        InsightCard card;
        card.number = i;
        card.text = "<&>* _" + std::string(static_cast<std::size_t>(20 * (i % 30)), 'x') + " end" + std::to_string(i);
        all.content.blocks.emplace_back(card);
    }
    const auto parts = this->world.messenger().split(all.content);
    ASSERT_GT(parts.size(), 1U);
    Reply together;
    int part_number = 0;
    for (const auto& part : parts) {
        together.blocks.insert(together.blocks.end(), part.blocks.begin(), part.blocks.end());
        together.suggestions.insert(together.suggestions.end(), part.suggestions.begin(), part.suggestions.end());
        for (const int plainness : {0, 1}) {
            auto one = this->message("");
            one.key[23] = static_cast<char>('a' + part_number);
            one.key[22] = plainness == 0 ? 'a' : 'b';
            one.content = part;
            one.plainness = plainness;
            this->world.pass(Millis{4'000});
            const auto sent = this->post(one);
            ASSERT_NE(sent.template as<Sent>(), nullptr) << "part " << part_number << " plainness " << plainness;
            const auto text = this->visible().back().text;
            for (const auto& block : part.blocks) {
                const auto* card = std::get_if<InsightCard>(&block);
                EXPECT_TRUE(card == nullptr || text.find(card->text) != std::string::npos) << card->number;
            }
        }
        ++part_number;
    }
    EXPECT_EQ(together, all.content);
    EXPECT_EQ(this->world.messenger().split(Reply{}).size(), 1U);
}

TYPED_TEST_P(MessengerContract, NothingLeavesWhenItMayNotBegin) {
    auto message = this->message("today");
    int asked = 0;
    message.may_begin = [&] { return ++asked < 1; };
    const auto outcome = this->post(message);
    EXPECT_NE(outcome.template as<NotSent>(), nullptr);
    EXPECT_EQ(asked, 1);
    EXPECT_TRUE(this->visible().empty());
    EXPECT_EQ(this->world.model().counters().calls, 0U);
}

TYPED_TEST_P(MessengerContract, ACancelledCallThrows) {
    for (int steps = 1; steps < 4; ++steps)
        EXPECT_TRUE(this->watch(this->world.messenger().post(this->message("today")), steps).aborted);
    EXPECT_LE(this->visible().size(), 3U);
}

TYPED_TEST_P(MessengerContract, AClosedChatIsGone) {
    const auto chat = this->world.chat();
    for (const auto access : {Access::gone, Access::not_member, Access::read_only, Access::blocked}) {
        this->world.model().set_access(chat.workspace, chat.chat, access, this->world.now());
        this->world.pass(Millis{2'000});
        const auto outcome = this->post(this->message("today"));
        ASSERT_NE(outcome.template as<DestinationGone>(), nullptr) << static_cast<int>(access);
        EXPECT_EQ(outcome.template as<DestinationGone>()->state,
                  access == Access::blocked ? DestinationState::blocked : DestinationState::gone);
        EXPECT_FALSE(outcome.template as<DestinationGone>()->reason.empty());
    }
    auto elsewhere = chat;
    elsewhere.chat = "4711";
    EXPECT_NE(this->post(this->message_to(elsewhere, "today")).template as<DestinationGone>(), nullptr);
    EXPECT_TRUE(this->visible().empty());
}

TYPED_TEST_P(MessengerContract, ARevokedTokenIsTheTenantsAffair) {
    const auto lane = this->world.messenger().traits().lane_per_workspace ? this->world.chat().workspace : "";
    this->order(FaultKind::token_revoked);
    for (int i = 0; i < 2; ++i) EXPECT_NE(this->post(this->message("today")).template as<TenantGone>(), nullptr);
    this->world.model().restore(lane, this->world.now());
    EXPECT_NE(this->post(this->message("today")).template as<Sent>(), nullptr);
}

TYPED_TEST_P(MessengerContract, WithoutAnAnswerTheOutcomeIsUnknownAtTheDeadline) {
    for (const bool made : {false, true}) {
        this->order(FaultKind::silent, made);
        const auto begin = this->world.now();
        auto message = this->message("today");
        message.deadline = Millis{3'000};
        const auto outcome = this->post(message);
        EXPECT_NE(outcome.template as<OutcomeUnknown>(), nullptr);
        EXPECT_EQ(this->world.now() - begin, Millis{3'000});
        EXPECT_EQ(this->visible().size(), made ? 1U : 0U);
    }
    for (const auto kind :
         {FaultKind::reset, FaultKind::answer_lost, FaultKind::http_500, FaultKind::http_504, FaultKind::garbage_html,
          FaultKind::garbage_empty, FaultKind::garbage_json, FaultKind::half_written}) {
        this->order(kind);
        this->world.pass(Millis{2'000});
        EXPECT_NE(this->post(this->message("today")).template as<OutcomeUnknown>(), nullptr) << to_string(kind);
    }
}

TYPED_TEST_P(MessengerContract, WhatNeverLeftWasNotSent) {
    for (const auto kind : {FaultKind::refused, FaultKind::connect_blackhole}) {
        this->order(kind);
        const auto outcome = this->post(this->message("today"));
        ASSERT_NE(outcome.template as<NotSent>(), nullptr) << to_string(kind);
        EXPECT_FALSE(outcome.template as<NotSent>()->limited);
    }
    EXPECT_TRUE(this->visible().empty());
}

TYPED_TEST_P(MessengerContract, ALimitIsNotSentWithTheWaitAskedFor) {
    Fault fault;
    fault.kind = FaultKind::limited;
    fault.delay = Millis{17'000};
    this->world.trouble().order(fault);
    const auto outcome = this->post(this->message("today"));
    ASSERT_NE(outcome.template as<NotSent>(), nullptr);
    EXPECT_TRUE(outcome.template as<NotSent>()->limited);
    EXPECT_NE(outcome.template as<NotSent>()->scope, NotSent::Scope::message);
    EXPECT_EQ(outcome.template as<NotSent>()->wait, Millis{17'000});
    EXPECT_EQ(this->world.model().counters().calls_inside_retry_after, 0U);
    this->world.pass(Millis{16'000});
    EXPECT_NE(this->post(this->message("today")).template as<NotSent>(), nullptr);
    // Lanes keep to it; a messenger may do so too, and then does not even ask.
    EXPECT_LE(this->world.model().counters().calls_inside_retry_after, 1U);
    this->world.pass(Millis{2'000});
    EXPECT_NE(this->post(this->message("today")).template as<Sent>(), nullptr);
}

TYPED_TEST_P(MessengerContract, APlainFormPassesWhereTheRichOneIsRefused) {
    auto message = this->message("today");
    for (const int plainness : {0, 1, 2}) {
        this->order(FaultKind::payload_refused);
        this->world.pass(Millis{2'000});
        message.plainness = plainness;
        message.key[23] = static_cast<char>('a' + plainness);
        const auto outcome = this->post(message);
        EXPECT_EQ(outcome.template as<PayloadRefused>() != nullptr, plainness == 0);
        EXPECT_EQ(outcome.template as<Sent>() != nullptr, plainness > 0);
    }
    EXPECT_EQ(this->visible().size(), 2U);
    EXPECT_EQ(this->visible()[1].text.find("Claim"), std::string::npos);
    EXPECT_NE(this->visible()[1].text.find("https://example.com/1"), std::string::npos);
}

REGISTER_TYPED_TEST_SUITE_P(MessengerContract, APostMakesExactlyOneMessageWithAllOfTheText,
                            TheSameKeyMakesNoSecondMessageWithinTheNonceWindow, FindTellsWhatIsThereFromWhatIsNot,
                            FindReadsNoFurtherThanToWhatItLooksForHoweverLongAgoItMayBe, AnEditMayBeRepeated,
                            AnEditOfWhatSomebodyRemovedIsNotFound, AReservedLineIsFilledWhereThereArePlaceholders,
                            PartsFitAndLoseNothing, NothingLeavesWhenItMayNotBegin, ACancelledCallThrows,
                            AClosedChatIsGone, ARevokedTokenIsTheTenantsAffair,
                            WithoutAnAnswerTheOutcomeIsUnknownAtTheDeadline, WhatNeverLeftWasNotSent,
                            ALimitIsNotSentWithTheWaitAskedFor, APlainFormPassesWhereTheRichOneIsRefused);

}  // namespace podbrief::contract
