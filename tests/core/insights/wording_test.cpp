#include "core/insights/wording.hpp"

#include <gtest/gtest.h>

namespace podbrief::insights {
namespace {

TEST(Wording, LosesWhatTalkIsPaddedWithAndNothingElse) {
    const struct {
        const char* name;
        const char* raw;
        const char* clean;
    } cases[] = {
        {"clean already", "Latency decides whether a voice agent feels human.",
         "Latency decides whether a voice agent feels human."},
        {"leading words", "So, yeah, I mean, um, latency decides everything.", "Latency decides everything."},
        {"leading phrase", "In other words, latency decides everything.", "Latency decides everything."},
        {"so that is no filler stays", "So many teams skip the tests.", "So many teams skip the tests."},
        {"um and uh", "The, um, model is, uh, small.", "The model is small."},
        {"you know", "It's, you know, hard to measure quality.", "It's hard to measure quality."},
        {"you know that means to know", "You may think you know the answer.", "You may think you know the answer."},
        {"sort of", "The index is sort of the memory of the model.", "The index is the memory of the model."},
        {"a kind of", "An index is a kind of memory.", "An index is a kind of memory."},
        {"doubled words", "The the model and and the data matter.", "The model and the data matter."},
        {"doubled words that are right", "That is very very slow, and he had had enough.",
         "That is very very slow, and he had had enough."},
        {"false start said again", "You can -- you can store vectors anywhere.", "You can store vectors anywhere."},
        {"begun anew behind a dash", "In winter - winter is the slow season of the ferries.",
         "Winter is the slow season of the ferries."},
        {"announced", "The truth is that ferries lose money in winter.", "Ferries lose money in winter."},
        {"truth itself", "The truth is hard to see from the harbour.", "The truth is hard to see from the harbour."},
        {"two words said twice", "It is greater than greater than ten years.", "It is greater than ten years."},
        {"two words that may be said twice", "Boats get faster and faster and faster.",
         "Boats get faster and faster and faster."},
        {"it turns out", "It turns out young captains don't care about the paint.",
         "Young captains don't care about the paint."},
        {"gonna", "If ferries sink, you're gonna lose the islands.",
         "If ferries sink, you're going to lose the islands."},
        {"gotta", "You've gotta pay for it, and captains gotta eat.",
         "You've got to pay for it, and captains have to eat."},
        {"gonna without are", "We gonna lose the islands because ferries sink.",
         "We gonna lose the islands because ferries sink."},
        {"super that is part of a thing", "They built a super computer for the islands.",
         "They built a super computer for the islands."},
        {"super", "The harbour is super important for the islands.", "The harbour is important for the islands."},
        {"announced without that", "What happens is the ferries lose money in winter.",
         "The ferries lose money in winter."},
        {"announced of everybody", "What happened is every captain left the harbour.",
         "Every captain left the harbour."},
        {"by the way", "Ferries, by the way, lose money in winter.", "Ferries lose money in winter."},
        {"a guess", "I guess that prices fall in winter.", "Perhaps prices fall in winter."},
        {"a guess further on", "Boats are slow, but I'd guess it gets better.",
         "Boats are slow, but perhaps it gets better."},
        {"a guess about something", "They made the guess that prices fall.", "They made the guess that prices fall."},
        {"stutter", "W- we measured it.", "We measured it."},
        {"closing tag", "Vectors are just numbers, right?", "Vectors are just numbers."},
        {"closing tail", "Agents write tests, docs, or whatever.", "Agents write tests, docs."},
        {"like as a pause", "Ferries have like four engines, and most are like actually paid off.",
         "Ferries have four engines, and most are actually paid off."},
        {"like before a number", "A berth costs money, and it's like 10 dollars a night.",
         "A berth costs money, and it's 10 dollars a night."},
        {"like of a comparison", "It's like steering a barge, and the hull looks like a whale.",
         "It's like steering a barge, and the hull looks like a whale."},
        {"kind of, before a verb", "Boats that kind of are slow would all kind of resolve it.",
         "Boats that are slow would all resolve it."},
        {"said again in full", "The harbour is old, and it's not it is not a popular one.",
         "The harbour is old, and it is not a popular one."},
        {"said again, shortened", "It is not, it's not a popular harbour.", "It's not a popular harbour."},
        {"said again on purpose", "The ferry went on and on and on and on.", "The ferry went on and on and on and on."},
        {"pauses", "Models got cheaper... and the prices fell...", "Models got cheaper, and the prices fell."},
        {"stage direction", "Prices fell [laughs] by half.", "Prices fell by half."},
        {"curly apostrophe", "It’s cheaper “by half” now.", "It's cheaper \"by half\" now."},
        {"hedges stay", "Perhaps prices may fall, apparently.", "Perhaps prices may fall, apparently."},
        {"numbers stay", "So, um, 3.5 million of the 10,000 GPUs.", "3.5 million of the 10,000 GPUs."},
        {"nothing but filler", "Yeah. ", ""},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.name);
        const CleanSentence clean = clean_sentence(c.raw, "");
        if (*c.clean == '\0')
            EXPECT_TRUE(clean.text.empty() || clean.text.size() < 6) << clean.text;
        else
            EXPECT_EQ(clean.text, c.clean);
    }
}

TEST(Wording, AttributesWhatASpeakerThinks) {
    const struct {
        const char* raw;
        const char* clean;
        const char* core;
    } cases[] = {
        {"I think open models win.", "Ada Poe thinks open models win.", "Open models win."},
        {"So I really think that open models win.", "Ada Poe thinks that open models win.", "Open models win."},
        {"I don't think prices will rise.", "Ada Poe does not think prices will rise.", "Prices will rise."},
        {"If it works, I'd argue the cost is fine.", "If it works, Ada Poe argues the cost is fine.",
         "If it works, the cost is fine."},
        {"I think chips matter, and I think power matters.", "Ada Poe thinks chips matter, and power matters.",
         "Chips matter, and power matters."},
    };
    for (const auto& c : cases) {
        const CleanSentence clean = clean_sentence(c.raw, "Ada Poe");
        EXPECT_EQ(clean.text, c.clean);
        EXPECT_EQ(clean.core, c.core);
        EXPECT_TRUE(clean.attributed());
    }
    EXPECT_FALSE(clean_sentence("I guess open models win.", "Ada Poe").attributed()) << "who guesses believes nothing";
    EXPECT_FALSE(clean_sentence("I think open models win.", "").attributed()) << "nobody to attribute it to";
    EXPECT_FALSE(clean_sentence("The tool I think is best is Git.", "Ada Poe").attributed());
}

TEST(Wording, TellsWhatCannotBeMended) {
    EXPECT_TRUE(clean_sentence("The model is -- nobody measured the cost.", "").restarted);
    EXPECT_TRUE(clean_sentence("And the model was going to --", "").unfinished);
    EXPECT_TRUE(clean_sentence("no end mark here at all", "").unfinished);
    EXPECT_TRUE(clean_sentence("Does it scale?", "").question);
    EXPECT_TRUE(clean_sentence("But prices rose.", "").lost_contrast);
    EXPECT_TRUE(clean_sentence("They run [unintelligible 00:12] in production.", "").unintelligible);
}

TEST(Wording, JoinsASentenceThatOnlyGoesOn) {
    std::string text = "Prices fell.";
    append_sentence(text, "Because supply grew.");
    append_sentence(text, "Vendors noticed.");
    EXPECT_EQ(text, "Prices fell, because supply grew. Vendors noticed.");
    std::string acronym = "It is made in the U.S.";
    append_sentence(acronym, "Which helps.");
    EXPECT_EQ(acronym, "It is made in the U.S. Which helps.");
}

TEST(Wording, NamesASpeakerInFullOnce) {
    EXPECT_EQ(with_short_repeats("Ada Poe thinks so. Ada Poe does not think more.", "Ada Poe"),
              "Ada Poe thinks so. Poe does not think more.");
    EXPECT_EQ(with_short_repeats("Chang She thinks so. Chang She thinks more.", "Chang She"),
              "Chang She thinks so. Chang She thinks more.");
    EXPECT_EQ(with_short_repeats("Cher thinks so. Cher thinks more.", "Cher"), "Cher thinks so. Cher thinks more.");
}

}  // namespace
}  // namespace podbrief::insights
