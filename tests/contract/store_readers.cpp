#include "tests/contract/store_contract.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;

TEST_P(StoreContract, KeepsEveryFieldOfAReader) {
    Reader reader = sample_reader("anna");
    const Reader saved = get(readers.save(reader));
    EXPECT_TRUE(saved.id);
    reader.id = saved.id;
    EXPECT_EQ(saved, reader);
    EXPECT_EQ(get(readers.reader(saved.id)), reader);
    EXPECT_EQ(get(readers.reader_named("anna")), reader);

    Reader plain;
    plain.name = "plain";
    plain.id = get(readers.save(plain)).id;
    EXPECT_EQ(get(readers.reader(plain.id)), plain);
}

TEST_P(StoreContract, KeepsEveryCadence) {
    Reader reader = add_reader("anna");
    for (const Cadence cadence : {Cadence::daily, Cadence::weekdays, Cadence::weekly, Cadence::twice_a_day}) {
        reader.cadence = cadence;
        get(readers.save(reader));
        EXPECT_EQ(get(readers.reader(reader.id))->cadence, cadence);
    }
}

TEST_P(StoreContract, AnUnknownReaderIsNotThere) {
    EXPECT_FALSE(get(readers.reader(ReaderId{99})));
    EXPECT_FALSE(get(readers.reader_named("nobody")));
    EXPECT_FALSE(get(readers.forget(ReaderId{99})));
    EXPECT_TRUE(get(readers.readers()).empty());
}

TEST_P(StoreContract, ListsReadersByName) {
    for (const char* name : {"bo", "Zoe", "anna", "änne"}) add_reader(name);
    std::vector<std::string> names;
    for (const Reader& reader : get(readers.readers())) names.push_back(reader.name);
    EXPECT_EQ(names, (std::vector<std::string>{"Zoe", "anna", "bo", "änne"}));
}

TEST_P(StoreContract, InsertingANameThatIsThereReturnsThatReaderUnchanged) {
    const Reader anna = add_reader("anna");
    Reader again = sample_reader("anna");
    again.time_zone = "Asia/Tokyo";
    EXPECT_EQ(get(readers.save(again)), anna);
    EXPECT_EQ(get(readers.reader(anna.id)), anna);
    EXPECT_NE(add_reader("Anna").id, anna.id);  // names are as given
}

TEST_P(StoreContract, SavingAReaderWithItsIdUpdatesIt) {
    Reader anna = add_reader("anna");
    anna.name = "Anna B.";
    anna.paused_until = std::nullopt;
    anna.profile.topics.erase("rust");
    EXPECT_EQ(get(readers.save(anna)), anna);
    EXPECT_EQ(get(readers.save(anna)), anna);
    EXPECT_EQ(get(readers.reader(anna.id)), anna);
    EXPECT_FALSE(get(readers.reader_named("anna")));
}

TEST_P(StoreContract, AReaderCannotTakeTheNameOfAnother) {
    const Reader anna = add_reader("anna");
    const Reader bo = add_reader("bo");
    Reader renamed = bo;
    renamed.name = "anna";
    renamed.time_zone = "Asia/Tokyo";
    EXPECT_EQ(get(readers.save(renamed)), bo);
    EXPECT_EQ(get(readers.reader(bo.id)), bo);
    EXPECT_EQ(get(readers.reader_named("anna")), anna);
}

TEST_P(StoreContract, AForgottenReaderDoesNotComeBackByALateWrite) {
    const Reader anna = add_reader("anna");
    get(readers.forget(anna.id));
    EXPECT_FALSE(get(readers.save(anna)).id);
    EXPECT_FALSE(get(readers.save(sample_brief(anna.id, "2026-03-02", noon))).id);
    get(readers.save(Feedback{anna.id, InsightId{1}, FeedbackKind::like, noon}));
    const ConversationState state{"chips", {InsightId{1}}, {}};
    get(readers.save_conversation("terminal:anna", anna.id, state));
    EXPECT_TRUE(get(readers.readers()).empty());
    EXPECT_FALSE(get(readers.brief(anna.id, "2026-03-02")));
    EXPECT_TRUE(get(readers.feedback(anna.id)).empty());
    EXPECT_EQ(get(readers.conversation("terminal:anna")), ConversationState{});
}

TEST_P(StoreContract, ForgettingTakesAllThatIsStoredOfAReaderAndNothingOfOthers) {
    const Reader anna = add_reader("anna");
    const Reader bo = add_reader("bo");
    const ConversationState state{"chips", {InsightId{1}}, {InsightId{2}}};
    for (const Reader& reader : {anna, bo}) {
        get(readers.save(sample_brief(reader.id, "2026-03-02", noon)));
        get(readers.save(Feedback{reader.id, InsightId{1}, FeedbackKind::like, noon}));
        get(readers.save_conversation("terminal:" + reader.name, reader.id, state));
        get(readers.save_conversation("slack:" + reader.name, reader.id, state));
    }
    get(readers.save_conversation("slack:nobody", ReaderId{}, state));

    EXPECT_TRUE(get(readers.forget(anna.id)));
    EXPECT_FALSE(get(readers.forget(anna.id)));

    EXPECT_FALSE(get(readers.reader(anna.id)));
    EXPECT_FALSE(get(readers.reader_named("anna")));
    EXPECT_FALSE(get(readers.brief(anna.id, "2026-03-02")));
    EXPECT_TRUE(get(readers.briefs_since(anna.id, {})).empty());
    EXPECT_TRUE(get(readers.feedback(anna.id)).empty());
    EXPECT_EQ(get(readers.conversation("terminal:anna")), ConversationState{});
    EXPECT_EQ(get(readers.conversation("slack:anna")), ConversationState{});

    EXPECT_TRUE(get(readers.brief(bo.id, "2026-03-02")));
    EXPECT_EQ(get(readers.feedback(bo.id)).size(), 1U);
    EXPECT_EQ(get(readers.conversation("terminal:bo")), state);
    EXPECT_EQ(get(readers.conversation("slack:nobody")), state);
    EXPECT_GT(add_reader("anna").id, bo.id);  // the old id is not given again
}

TEST_P(StoreContract, KeepsEveryFieldOfABrief) {
    Brief brief = sample_brief(add_reader("anna").id, "2026-03-02#2", noon);
    const Brief saved = get(readers.save(brief));
    EXPECT_TRUE(saved.id);
    brief.id = saved.id;
    EXPECT_EQ(saved, brief);
    EXPECT_EQ(get(readers.brief(brief.reader, "2026-03-02#2")), brief);
    EXPECT_FALSE(get(readers.brief(brief.reader, "2026-03-02")));
}

TEST_P(StoreContract, ABriefIsStoredOncePerReaderAndDay) {
    const ReaderId anna = add_reader("anna").id;
    const Brief first = get(readers.save(sample_brief(anna, "2026-03-02", noon)));
    Brief other = sample_brief(anna, "2026-03-02", noon + 1h);
    other.items = {};
    EXPECT_EQ(get(readers.save(other)), first);
    EXPECT_EQ(get(readers.brief(anna, "2026-03-02")), first);
    EXPECT_EQ(get(readers.briefs_since(anna, {})), std::vector{first});
    EXPECT_NE(get(readers.save(sample_brief(add_reader("bo").id, "2026-03-02", noon))).id, first.id);
}

TEST_P(StoreContract, BriefsSinceAreNewestFirst) {
    const ReaderId anna = add_reader("anna").id;
    const Brief b2 = get(readers.save(sample_brief(anna, "2026-03-02", noon)));
    const Brief b1 = get(readers.save(sample_brief(anna, "2026-03-01", noon - 24h)));
    const Brief b3 = get(readers.save(sample_brief(anna, "2026-03-03", noon + 24h)));
    get(readers.save(sample_brief(add_reader("bo").id, "2026-03-03", noon + 24h)));
    EXPECT_EQ(get(readers.briefs_since(anna, noon)), (std::vector{b3, b2}));
    EXPECT_EQ(get(readers.briefs_since(anna, {})), (std::vector{b3, b2, b1}));
    EXPECT_TRUE(get(readers.briefs_since(anna, noon + 25h)).empty());
}

TEST_P(StoreContract, FeedbackIsOnePerInsightAndKindAndComesNewestFirst) {
    const ReaderId anna = add_reader("anna").id;
    const InsightId one{1};
    const InsightId two{2};
    for (const FeedbackKind kind : {FeedbackKind::like, FeedbackKind::less, FeedbackKind::save, FeedbackKind::report}) {
        get(readers.save(Feedback{anna, one, kind, noon}));
    }
    get(readers.save(Feedback{anna, two, FeedbackKind::like, noon + 1h}));
    get(readers.save(Feedback{anna, one, FeedbackKind::less, noon + 2h}));
    get(readers.remove(anna, one, FeedbackKind::report));
    get(readers.remove(anna, two, FeedbackKind::report));  // was not there

    const auto all = get(readers.feedback(anna));
    ASSERT_EQ(all.size(), 4U);
    EXPECT_EQ(all[0].kind, FeedbackKind::less);
    EXPECT_EQ(all[0].at, noon + 2h);
    EXPECT_EQ(all[0].insight, one);
    EXPECT_EQ(all[0].reader, anna);
    EXPECT_EQ(all[1].insight, two);
    EXPECT_EQ(all[2].kind, FeedbackKind::like);
    EXPECT_EQ(all[3].kind, FeedbackKind::save);
    EXPECT_TRUE(get(readers.feedback(ReaderId{99})).empty());
}

TEST_P(StoreContract, AConversationKeepsItsLatestState) {
    const ReaderId anna = add_reader("anna").id;
    EXPECT_EQ(get(readers.conversation("terminal:anna")), ConversationState{});
    ConversationState state{"chips", {InsightId{3}, InsightId{1}}, {InsightId{2}}};
    get(readers.save_conversation("terminal:anna", anna, state));
    EXPECT_EQ(get(readers.conversation("terminal:anna")), state);
    state = ConversationState{"", {}, {InsightId{9}}};
    state.list = 7;
    state.event = "a key";
    state.decided = "on";
    get(readers.save_conversation("terminal:anna", anna, state));
    EXPECT_EQ(get(readers.conversation("terminal:anna")), state);
    EXPECT_EQ(get(readers.conversation("terminal:ann")), ConversationState{});
}

}  // namespace
}  // namespace podbrief::testing
