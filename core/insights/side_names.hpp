#pragma once
#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "core/insights/side_sayings.hpp"

// Where a sentence names a thing, and whether what is said there is said of it at all.
namespace podbrief::insights::cues {

// A thing where it is named: its own words, and what belongs to it.
struct Name {
    std::size_t begin = 0;  // with articles and adjectives
    std::size_t first = 0;  // the topic's own words
    std::size_t last = 0;
    std::size_t end = 0;  // behind the nouns that follow: "X tools"
    bool of_use = false;  // such nouns follow
    bool narrowed = false;
    bool is_part = false;  // "X Foundation", "X experts": another thing
};

class NameReader {
public:
    NameReader(const ReadSentence& sentence, const Target& target)
        : tokens_(sentence.tokens), roles_(sentence.roles), values_(sentence.values), target_(target) {}

protected:
    bool is(std::size_t at, Roles role) const { return at < roles_.size() && (roles_[at] & role) != 0; }
    bool is_word(std::size_t at, std::initializer_list<std::string_view> words) const {
        return at < tokens_.size() && is_one_of(tokens_[at].word, words);
    }
    bool ends_clause(std::size_t at) const { return at >= tokens_.size() || tokens_[at].begins_clause; }

    bool is_joined(std::size_t at) const { return at < tokens_.size() && tokens_[at].joined; }

    bool is_noun(std::size_t at) const {
        if (ends_clause(at)) return false;
        if (is(at, auxiliary | preposition | joint | contrast | somebody | thinks | adverb | determiner)) return false;
        if (is(at, makes | needs | likes | dislikes) || (roles_[at] & (bad | lacks)) == (bad | lacks)) return false;
        if (tokens_[at].word.ends_with("ed") && tokens_[at].word.size() > 4) return false;
        const Cue cue = tokens_[at].cue;
        if (cue == Cue::negator) return false;
        if ((cue == Cue::raiser || cue == Cue::lowerer) && values_[at] != 0 && !tokens_[at].word.ends_with("ing"))
            return false;
        if (cue == Cue::good_verdict || cue == Cue::bad_verdict) return false;
        return !is_one_of(
            tokens_[at].word,
            {"works", "gives",   "lets",   "takes", "comes", "came",   "solves",  "solved", "provides", "exists",
             "does",  "happens", "goes",   "wins",  "uses",  "shines", "scales",  "sucks",  "fails",    "needs",
             "tends", "became",  "starts", "sold",  "made",  "built",  "written", "given",  "done"});
    }

    Name name_at(std::size_t at) const {
        Name name;
        name.first = name.last = at;
        while (name.last + 1 < tokens_.size() && target_.named[name.last + 1]) ++name.last;
        name.end = name.last + 1;
        while ((is_noun(name.end) || is_joined(name.end)) && name.end <= name.last + 3) {
            name.of_use = name.of_use || !is(name.end, plain);
            if (!is(name.end, use | aspect | plain) || tokens_[name.end].capital || is_joined(name.end))
                name.is_part = true;
            ++name.end;
        }
        name.begin = name.first;
        if (tokens_[name.first].joined) name.is_part = true;
        while (name.begin > 0 && !tokens_[name.begin].begins_clause) {
            const std::size_t before = name.begin - 1;
            if (is(before, determiner | wide)) {
                --name.begin;
            } else if (is(before, auxiliary | preposition | joint | contrast | somebody | thinks | adverb | makes |
                                      likes | dislikes | needs | merit | trouble) ||
                       tokens_[before].cue == Cue::negator || tokens_[before].cue == Cue::raiser ||
                       tokens_[before].cue == Cue::lowerer || name.begin + 2 < name.first) {
                break;
            } else if (is(before, good | bad)) {
                break;  // "overrated X"
            } else {
                // "Alpine X", "unit X": a kind of it. A verb looks the same: "writing X".
                name.narrowed = true;
                break;
            }
        }
        return name;
    }

    bool is_instance(const Name& name) const {
        const Token& last = tokens_[name.end - 1];
        if (name.end == name.last + 1 &&
            is_one_of(last.word, {"cloud", "web", "internet", "edge", "browser", "terminal"}))
            return false;
        if (name.end > name.last + 1 && (tokens_[name.last].capital || last.word.ends_with('s'))) return false;

        for (std::size_t at = name.begin; at < name.first; ++at) {
            if (is_word(at,
                        {"the", "this", "my", "our", "your", "their", "his", "her", "its", "each", "every", "some"}))
                return true;
        }
        return false;
    }

    bool opens_clause(std::size_t begin) const {
        if (begin == 0 || tokens_[begin].begins_clause) return true;
        return is(begin - 1, joint | contrast | thinks) && !is_word(begin - 1, {"and", "or"});
    }

    // "how X works", "isn't just because X is fast": not said of X.
    bool is_open(std::size_t begin) const {
        while (begin > 0 && is_word(begin - 1, {"that"}) && begin > 1 && is(begin - 2, joint)) --begin;
        if (begin == 0) return false;
        if (is_word(begin - 1, {"how", "what", "whether", "why", "which"}) || is(begin - 1, makes)) return true;
        if (!is(begin - 1, joint) || is(begin - 1, condition)) return false;
        if (begin > 1 && is(begin - 2, thinks)) return false;
        for (std::size_t back = begin - 1; back-- > 0;) {
            if (tokens_[back].cue == Cue::negator) return true;
            if (tokens_[back].begins_clause && !is_word(begin - 1, {"because"})) break;
        }
        return false;
    }

    bool in_condition(std::size_t begin) const {
        for (std::size_t back = begin; back > 0 && !tokens_[back].begins_clause; --back) {
            if (is(back - 1, condition)) return true;
        }
        return false;
    }

    // "people feel that X is ..."
    bool is_reported(std::size_t begin) const {
        for (std::size_t back = begin; back-- > 1 && back + 5 > begin;) {
            if (is(back, thinks) && is_word(back - 1, {"people", "they", "some", "folks", "critics", "everyone",
                                                       "others", "you", "everybody", "many"}))
                return true;
        }
        return false;
    }

    bool is_negated(std::size_t at) const {
        for (std::size_t back = at; back-- > 0 && back + 5 > at;) {
            if (tokens_[back].cue == Cue::negator) return true;
            if (tokens_[back + 1].begins_clause || is(back, joint | contrast | somebody)) break;
        }
        return false;
    }

    const std::vector<Token>& tokens_;
    const std::vector<Roles>& roles_;
    const std::vector<double>& values_;
    const Target& target_;
};

}  // namespace podbrief::insights::cues
