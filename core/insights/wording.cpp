#include "core/insights/wording.hpp"

#include "core/insights/attribution.hpp"
#include "core/insights/clauses.hpp"
#include "core/insights/disfluency.hpp"
#include "core/insights/draft.hpp"
#include "core/text/ascii.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::insights {
namespace {

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

// "So, because ...", "And the model ...", "In other words, ..."
bool opens_connected(const Draft& draft) {
    for (std::size_t i = 0; i < std::min<std::size_t>(draft.size(), 3); ++i) {
        if (one_of(draft.lower(i), {"and", "so", "but", "or", "because", "plus", "also", "then", "therefore"}))
            return true;
        if (!draft[i].is(discourse | discourse_comma)) break;
    }
    return draft.says(0, "in other words") || draft.says(0, "for example") || draft.says(0, "for instance") ||
           draft.says(0, "in fact");
}

// "So because ...", "Whereas ..."
std::string_view joint_of(const Draft& draft) {
    for (std::size_t i = 0; i < std::min<std::size_t>(draft.size(), 3); ++i) {
        if (draft.lower(i) == "because") return draft.lower(i + 1) == "of" ? std::string_view{} : "Because";
        if (draft.lower(i) == "whereas") return "Whereas";
        if (!draft[i].is(discourse | discourse_comma)) break;
    }
    return {};
}

// Whether the word before leaves the full form right: "we're gonna", "they gotta", but not "we gonna", "she gotta".
bool may_be_written(const Draft& draft, std::size_t i) {
    if (i == 0) return draft.lower(i) == "wanna";
    const std::string_view before = draft.lower(i - 1);
    if (draft.lower(i) == "wanna") return !one_of(before, {"he", "she", "it"});
    if (draft.lower(i) == "gotta") return one_of(before, {"i", "you", "we", "they"}) || before.ends_with("s");
    return one_of(before, {"am", "is", "are", "was", "were", "be", "been", "not"}) || before.ends_with("'m") ||
           before.ends_with("'re") || before.ends_with("'s") || before.ends_with("n't");
}

// "gonna" as it is written; "super" before what it makes more of.
void write_in_full(Draft& draft) {
    struct Spoken {
        std::string_view said;
        std::string_view written;
    };
    static constexpr Spoken all[] = {{"gonna", "going to"}, {"wanna", "want to"}, {"gotta", "have to"}};
    for (std::size_t i = 0; i < draft.size(); ++i) {
        for (const Spoken& spoken : all) {
            if (draft.lower(i) != spoken.said) continue;
            const bool got = spoken.said == "gotta" && i > 0 &&
                             (draft.lower(i - 1).ends_with("'ve") || draft.lower(i - 1).ends_with("'s") ||
                              one_of(draft.lower(i - 1), {"have", "has"}));
            if (!got && !may_be_written(draft, i)) continue;
            draft[i].word = got ? std::string_view("got to") : spoken.written;
            draft[i].lower = draft[i].word;
            draft[i].classes = 0;
        }
        if (draft.lower(i) == "super" && i > 0 && i + 1 < draft.size() && draft[i].after == " " &&
            !draft[i + 1].capital() && (draft[i - 1].is(auxiliary) || one_of(draft.lower(i - 1), {"is", "are"})))
            draft.drop(i, 1);
    }
}

}  // namespace

CleanSentence clean_sentence(std::string_view raw, std::string_view speaker) {
    CleanSentence out;
    out.unintelligible = contains(raw, "unintelligible") || contains(raw, "inaudible") || contains(raw, "crosstalk");
    const std::string plain = plain_punctuation(raw);
    const Tokens tokens(plain);
    Draft draft(tokens);
    out.connected = opens_connected(draft);
    out.joint = joint_of(draft);
    out.lost_contrast = drop_leading(draft);
    drop_disfluencies(draft);
    write_in_full(draft);
    out.lost_contrast = drop_leading(draft) || out.lost_contrast;
    const bool tag = drop_tag(draft);
    if (draft.size() == 0) return out;
    out.opinion = trim_clauses(draft);
    soften_guesses(draft);
    out.lost_contrast = drop_leading(draft) || out.lost_contrast;
    if (draft.size() == 0) return out;

    const std::string_view ending = draft[draft.size() - 1].after;
    out.trails_off = contains(ending, "...");
    out.question = contains(ending, "?") && !tag;
    out.unfinished = has_dash(ending) || (ending.find_first_of(".?!") == std::string_view::npos && !tag);
    for (std::size_t i = 0; i + 1 < draft.size(); ++i) {
        out.restarted = out.restarted || has_dash(draft[i].after);
        out.question = out.question || contains(draft[i].after, "?");
    }
    if (tag) draft[draft.size() - 1].after = ".";
    if (!speaker.empty() && has_attribution(draft)) {
        out.core = tidy(without_attribution(draft));
        out.denied = denies(draft);
        attribute(draft, speaker);
    }
    out.text = tidy(draft.text());
    if (out.text.starts_with(out.joint)) out.joint = {};  // it stands
    return out;
}

void append_sentence(std::string& text, std::string_view sentence) {
    const bool goes_on = sentence.starts_with("Because ") || sentence.starts_with("Which ") ||
                         sentence.starts_with("Unless ") || sentence.starts_with("Whereas ") ||
                         sentence.starts_with("Especially ");
    if (goes_on && text.ends_with('.') && text.size() > 1 && text::is_ascii_lower(text[text.size() - 2])) {
        text.back() = ',';
        text += ' ';
        text += text::ascii_lower(sentence.front());
        text += sentence.substr(1);
        return;
    }
    if (!text.empty()) text += ' ';
    text += sentence;
}

std::string with_short_repeats(std::string_view text, std::string_view name) {
    std::string out(text);
    const std::size_t space = name.find_last_of(' ');
    const std::size_t first = out.find(name);
    if (space == std::string_view::npos || first == std::string::npos) return out;
    if (classes_of(text::to_lower(name.substr(space + 1))) != 0) return out;  // "Chang She thinks", not "She thinks"
    for (std::size_t at = out.find(name, first + name.size()); at != std::string::npos; at = out.find(name, at)) {
        out.erase(at, space + 1);
    }
    return out;
}

}  // namespace podbrief::insights
