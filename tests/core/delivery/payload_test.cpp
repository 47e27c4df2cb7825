#include "core/delivery/payload.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

#include "core/ports/random.hpp"

namespace podbrief::delivery {
namespace {

// Text of any Unicode, quotes, backslashes, controls and NUL among it.
std::string text() {
    static const std::vector<std::string> pieces = {"a", "b ", "\"",   "\\",  "\n",     "\x01", std::string(1, '\0'),
                                                    "/", "é",  "漢",   "🎙",  "\u2028", "<",    "&",
                                                    "{", "]",  "\x7F", "null"};
    std::string out;
    for (const std::size_t i :
         *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, pieces.size()))) {
        out += pieces[i];
    }
    return out;
}

int small_or_any() {
    return *rc::gen::oneOf(rc::gen::inRange(-2, 3), rc::gen::arbitrary<int>());
}

std::int64_t any_number() {
    return *rc::gen::oneOf(
        rc::gen::just<std::int64_t>(0), rc::gen::arbitrary<std::int64_t>(),
        rc::gen::element(std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()));
}

InsightCard card() {
    InsightCard card;
    card.number = small_or_any();
    card.insight = InsightId{any_number()};
    card.text = text();
    if (*rc::gen::arbitrary<bool>()) card.relation = static_cast<Relation>(*rc::gen::inRange(0, 3));
    card.update = *rc::gen::arbitrary<bool>();
    card.now_disputed = *rc::gen::arbitrary<bool>();
    card.outside_bubble = *rc::gen::arbitrary<bool>();
    card.origin = static_cast<InsightOrigin>(*rc::gen::inRange(0, 3));
    card.modality = static_cast<Modality>(*rc::gen::inRange(0, 4));
    card.speaker = text();
    card.show = text();
    card.episode = text();
    if (*rc::gen::arbitrary<bool>()) card.published_at = from_ms(any_number());
    card.start = Millis{any_number()};
    card.time_is_approximate = *rc::gen::arbitrary<bool>();
    card.link = text();
    card.sources = small_or_any();
    card.why = text();
    card.quote = text();
    card.topic = text();
    card.marks = {*rc::gen::arbitrary<bool>(), *rc::gen::arbitrary<bool>(), *rc::gen::arbitrary<bool>(),
                  *rc::gen::arbitrary<bool>()};
    return card;
}

Choices choices() {
    Choices choices;
    for (int count = *rc::gen::inRange(0, 4); count > 0; --count) {
        Choice choice;
        choice.label = text();
        choice.chosen = *rc::gen::arbitrary<bool>();
        if (*rc::gen::arbitrary<bool>()) {
            choice.link = "https://example.org/" + text();
        } else {
            choice.action.kind = static_cast<Action::Kind>(*rc::gen::inRange(0, 12));
            choice.action.insight = InsightId{any_number()};
            choice.action.list = any_number();
            choice.action.text = text();
        }
        choices.choices.push_back(std::move(choice));
    }
    return choices;
}

ReplyBlock block() {
    switch (*rc::gen::inRange(0, 5)) {
        case 0:
            return Heading{text()};
        case 1:
            return Paragraph{text()};
        case 2:
            return card();
        case 3:
            return choices();
        default:
            break;
    }
    Table table;
    for (int rows = *rc::gen::inRange(0, 4); rows > 0; --rows) table.rows.push_back({text(), text()});
    return table;
}

Reply reply() {
    Reply reply;
    for (int blocks = *rc::gen::inRange(0, 6); blocks > 0; --blocks) reply.blocks.push_back(block());
    for (int lines = *rc::gen::inRange(0, 5); lines > 0; --lines) reply.suggestions.push_back(text());
    return reply;
}

RC_GTEST_PROP(Payload, GivesBackEveryReplyAsItWasFrozen, ()) {
    const Reply frozen = reply();
    const std::string payload = freeze(frozen);
    const auto thawed = thaw(payload);
    RC_ASSERT(thawed.has_value());
    RC_ASSERT(*thawed == frozen);
    RC_ASSERT(freeze(*thawed) == payload);
}

RC_GTEST_PROP(Payload, OfBytesThatAreNoTextIsMadeValidOnceAndThenStays, (const std::string& bytes)) {
    Reply broken;
    broken.blocks.push_back(Paragraph{bytes});
    const std::string payload = freeze(broken);
    const auto thawed = thaw(payload);
    RC_ASSERT(thawed.has_value());
    RC_ASSERT(freeze(*thawed) == payload);
}

TEST(Payload, LeavesOutWhatHasItsDefault) {
    Reply reply;
    InsightCard card;
    card.insight = InsightId{5};
    card.text = "t";
    reply.blocks.push_back(Heading{"h"});
    reply.blocks.push_back(card);
    EXPECT_EQ(freeze(reply), R"({"blocks":[{"t":"heading","text":"h"},{"t":"insight","insight":5,"text":"t"}]})");
}

TEST(Payload, ThatIsNotOursIsRefused) {
    const char* const refused[] = {
        "",
        "null",
        "[]",
        "{}",
        "\"blocks\"",
        R"({"blocks":null})",
        R"({"blocks":{}})",
        R"({"blocks":{"a":{"t":"heading","text":"x"}}})",
        R"({"blocks":[null]})",
        R"({"blocks":["heading"]})",
        R"({"blocks":[{}]})",
        R"({"blocks":[{"t":"heading"}]})",
        R"({"blocks":[{"t":"heading","text":5}]})",
        R"({"blocks":[{"t":"picture","text":"x"}]})",
        R"({"blocks":[{"t":7}]})",
        R"({"blocks":[{"t":"table"}]})",
        R"({"blocks":[{"t":"table","rows":null}]})",
        R"({"blocks":[{"t":"table","rows":[["a"]]}]})",
        R"({"blocks":[{"t":"table","rows":[["a","b","c"]]}]})",
        R"({"blocks":[{"t":"table","rows":[{"a":"b"}]}]})",
        R"({"blocks":[{"t":"insight","relation":3}]})",
        R"({"blocks":[{"t":"insight","relation":-1}]})",
        R"({"blocks":[{"t":"insight","origin":3}]})",
        R"({"blocks":[{"t":"insight","modality":4}]})",
        R"({"blocks":[{"t":"insight","number":1.5}]})",
        R"({"blocks":[{"t":"insight","number":true}]})",
        R"({"blocks":[{"t":"insight","number":1e300}]})",
        R"({"blocks":[{"t":"insight","number":4294967297}]})",
        R"({"blocks":[{"t":"insight","insight":9223372036854775808}]})",
        R"({"blocks":[{"t":"insight","update":1}]})",
        R"({"blocks":[{"t":"insight","sources":"2"}]})",
        R"({"blocks":[],"suggestions":"help"})",
        R"({"blocks":[],"suggestions":[1]})",
        R"({"blocks":[]} x)",
        "{\"blocks\":[{\"t\":\"heading\",\"text\":\"\xFF\"}]}",
    };
    for (const char* payload : refused) EXPECT_FALSE(thaw(payload).has_value()) << payload;
    EXPECT_TRUE(thaw(R"({"blocks":[]})").has_value());
}

TEST(Payload, CutAnywhereIsRefused) {
    Reply reply;
    InsightCard card;
    card.text = "text";
    card.link = "https://example.org/é";
    reply.blocks = {Heading{"h"}, card, Table{{{"a", "b"}}}};
    reply.suggestions = {"help"};
    const std::string whole = freeze(reply);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        ASSERT_FALSE(thaw(std::string_view(whole).substr(0, size)).has_value()) << size;
    }
}

TEST(Payload, NestedWithoutEndIsRefusedAndHarmsNobody) {
    const std::size_t depth = 200'000;
    EXPECT_FALSE(thaw(std::string(depth, '[')).has_value());
    EXPECT_FALSE(thaw(R"({"blocks":)" + std::string(depth, '[') + std::string(depth, ']') + "}").has_value());
}

TEST(Payload, WithBytesChangedAtRandomIsAReplyOrRefused) {
    Reply reply;
    InsightCard card;
    card.text = "some text";
    card.relation = Relation::disputes;
    card.published_at = from_ms(1'780'000'000'000);
    reply.blocks = {Heading{"h"}, Paragraph{"p"}, card, Table{{{"a", "b"}}}};
    const std::string whole = freeze(reply);
    Random random(11);
    for (int i = 0; i < 20'000; ++i) {
        std::string changed = whole;
        for (auto n = 1 + random.below(4); n > 0; --n) {
            changed[random.below(changed.size())] = static_cast<char>(random.below(256));
        }
        const auto thawed = thaw(changed);
        if (thawed) {
            ASSERT_TRUE(thaw(freeze(*thawed)).has_value()) << changed;
        }
    }
}

TEST(Payload, ShowsTheInsightsOfItsCardsOnly) {
    Reply reply;
    InsightCard card;
    card.insight = InsightId{5};
    reply.blocks = {Heading{"insight 6"}, card};
    EXPECT_TRUE(shows(reply, InsightId{5}));
    EXPECT_FALSE(shows(reply, InsightId{6}));
    EXPECT_FALSE(shows(Reply{}, InsightId{5}));
}

}  // namespace
}  // namespace podbrief::delivery
