#include "core/insights/names.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "core/insights/noted_names.hpp"
#include "core/text/ascii.hpp"
#include "core/text/unicode.hpp"
#include "core/text/words.hpp"

namespace podbrief::insights {
namespace {

// Edits (insert, delete, change, swap of neighbours) between two words, over bytes; more than `most`: most + 1.
int edits(std::string_view a, std::string_view b, int most) {
    constexpr std::size_t limit = 64;
    if (a.size() > limit || b.size() > limit) return most + 1;
    if (std::abs(static_cast<int>(a.size()) - static_cast<int>(b.size())) > most) return most + 1;
    std::array<std::array<int, limit + 1>, 3> rows{};  // two before, one before, now
    for (std::size_t j = 0; j <= b.size(); ++j) rows[1][j] = static_cast<int>(j);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto& now = rows[2];
        now[0] = static_cast<int>(i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            now[j] = std::min({rows[1][j] + 1, now[j - 1] + 1, rows[1][j - 1] + (a[i - 1] != b[j - 1])});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) now[j] = std::min(now[j], rows[0][j - 2] + 1);
        }
        rows[0] = rows[1];
        rows[1] = rows[2];
    }
    return std::min(rows[1][b.size()], most + 1);
}

int allowance(std::size_t letters) {
    return letters >= 10 ? 2 : letters >= 6 ? 1 : 0;
}

std::vector<std::string_view> parts_of(std::string_view name) {
    std::vector<std::string_view> parts;
    while (!name.empty()) {
        const std::size_t space = name.find(' ');
        if (space != 0) parts.push_back(name.substr(0, space));
        name = space == std::string_view::npos ? std::string_view{} : name.substr(space + 1);
    }
    return parts;
}

bool starts_like(std::string_view a, std::string_view b) {
    return !a.empty() && !b.empty() && a[0] == b[0];
}

// How a word sounds, roughly, to a speech recogniser: its consonants, those that are heard alike as one; a vowel only
// where it begins the word. For folded words.
std::string sound_of(std::string_view word) {
    std::string out;
    const auto next = [&](std::size_t i) { return i + 1 < word.size() ? word[i + 1] : '\0'; };
    for (std::size_t i = 0; i < word.size(); ++i) {
        char sound = word[i];
        switch (word[i]) {
            case 'a':
            case 'e':
            case 'i':
            case 'o':
            case 'u':
            case 'y':
                sound = i == 0 ? 'a' : '\0';
                break;
            case 'h':
            case 'w':
                sound = i == 0 ? word[i] : '\0';
                break;
            case 'c':
                sound = next(i) == 'e' || next(i) == 'i' || next(i) == 'y' ? 's' : next(i) == 'h' ? 'x' : 'k';
                break;
            case 'g':
                sound = next(i) == 'h' ? '\0' : 'k';
                break;
            case 'q':
                sound = 'k';
                break;
            case 'p':
                sound = next(i) == 'h' ? 'f' : 'p';
                break;
            case 'v':
                sound = 'f';
                break;
            case 'z':
                sound = 's';
                break;
            case 'd':
                sound = 't';
                break;
            case 's':
                sound = next(i) == 'h' ? 'x' : 's';
                break;
            default:
                break;
        }
        if (sound != '\0' && (out.empty() || out.back() != sound)) out += sound;
    }
    return out;
}

// How two parts of names, folded, relate.
enum class Likeness { other, near, sounds_alike, equal };

bool is_plural_of(std::string_view a, std::string_view b) {
    return (a.size() == b.size() + 1 && a.back() == 's' && a.starts_with(b)) ||
           (b.size() == a.size() + 1 && b.back() == 's' && b.starts_with(a));
}

Likeness likeness_of(const std::string& said, const std::string& right) {
    if (said == right) return Likeness::equal;
    if (right.size() < 5 || said.size() < 4 || is_plural_of(said, right)) return Likeness::other;
    if (sound_of(said) == sound_of(right) && edits(said, right, 3) <= 3) return Likeness::sounds_alike;
    const int most = std::max(1, allowance(right.size()));
    return starts_like(said, right) && edits(said, right, most) <= most ? Likeness::near : Likeness::other;
}

// Whether `said` is a misspelling of the full name `right`: as many parts, one of them right and the others near, or
// all that differ sounding alike.
bool misspells(std::string_view said, std::string_view right) {
    const auto a = parts_of(said);
    const auto b = parts_of(right);
    if (a.size() != b.size() || a.size() < 2) return false;
    bool one_right = false;
    bool all_alike = true;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const Likeness like = likeness_of(text::fold(a[i]), text::fold(b[i]));
        if (like == Likeness::other) return false;
        one_right = one_right || like == Likeness::equal;
        all_alike = all_alike && like != Likeness::near;
    }
    const std::string folded_said = text::fold(said);
    const std::string folded_right = text::fold(right);
    const int most = all_alike ? 3 : allowance(folded_right.size());
    return (one_right || all_alike) && edits(folded_said, folded_right, most) <= most;
}

bool misspells_last_part(std::string_view said, std::string_view right) {
    const auto parts = parts_of(right);
    if (parts.size() < 2 || said.find(' ') != std::string_view::npos) return false;
    const std::string x = text::fold(said);
    const std::string y = text::fold(parts.back());
    // One letter only: a longer surname a word away from another ("Hansen" and "Jansen", "Miller" and "Millers").
    if (y.size() < 6 || x.size() < 6 || !starts_like(x, y) || x == y) return false;
    if (x == y + "s" || x == y + "'s" || y == x + "s") return false;
    return edits(x, y, 1) <= 1;
}

bool has_capitals(std::string_view name) {
    const auto parts = parts_of(name);
    return parts.size() >= 2 && parts.size() <= 4 && std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
               return text::is_ascii_upper(part[0]) || !text::is_ascii(part[0]);
           });
}

bool is_known(std::string_view name, std::span<const std::string> known) {
    const std::string folded = text::fold(name);
    return std::any_of(known.begin(), known.end(), [&](const std::string& right) {
        if (right == name || text::fold(right) == folded) return true;
        const auto parts = parts_of(right);
        return std::find(parts.begin(), parts.end(), name) != parts.end();
    });
}

}  // namespace

std::vector<std::string> known_names(const Podcast& podcast, const Episode& episode) {
    std::vector<std::string> names;
    for (const auto* persons : {&episode.persons, &podcast.persons}) {
        for (const Person& person : *persons) {
            const std::string name = text::collapse_white_space(person.name);
            if (name.size() <= 80 && has_capitals(name) && std::find(names.begin(), names.end(), name) == names.end()) {
                names.push_back(name);
            }
            if (names.size() == 200) return names;
        }
    }
    return names;
}

bool same_person(std::string_view a, std::string_view b) {
    if (a.empty() || b.empty()) return false;
    return text::fold(a) == text::fold(b) || misspells(a, b) || misspells(b, a);
}

std::vector<std::string> spelt_names(const Podcast& podcast, const Episode& episode) {
    std::vector<std::string> names = known_names(podcast, episode);
    for (std::string& name : names_in_notes(episode.notes)) {
        const std::string folded = text::fold(name);
        const bool known = std::any_of(names.begin(), names.end(),
                                       [&](const std::string& other) { return text::fold(other) == folded; });
        if (!known) names.push_back(std::move(name));
    }
    return names;
}

std::string repair_name(std::string_view name, std::span<const std::string> known) {
    if (name.size() < 6 || name.size() > 80 || is_known(name, known)) return std::string(name);
    const std::string* found = nullptr;
    bool last_part = false;
    for (const std::string& right : known) {
        const bool whole = misspells(name, right);
        if (!whole && !misspells_last_part(name, right)) continue;
        if (found != nullptr) return std::string(name);  // two are as near: no guess
        found = &right;
        last_part = !whole;
    }
    if (found == nullptr) return std::string(name);
    return last_part ? std::string(parts_of(*found).back()) : *found;
}

std::string repair_names_in(std::string_view text, std::span<const std::string> known) {
    if (known.empty()) return std::string(text);
    const std::vector<text::ByteRange> words = text::words(text);
    const auto capital = [&](std::size_t i) { return text::is_ascii_upper(text[words[i].begin]); };
    const auto possessive = [&](std::size_t end) {
        const std::string_view until = text.substr(0, end);
        if (until.ends_with("'s")) return end - 2;
        return until.ends_with("\u2019s") ? end - 4 : end;
    };
    std::string out;
    std::size_t copied = 0;
    for (std::size_t i = 0; i < words.size();) {
        std::size_t taken = 1;
        for (std::size_t length = std::min<std::size_t>(4, words.size() - i); length >= 1 && capital(i); --length) {
            bool together = true;
            for (std::size_t k = 1; k < length; ++k) {
                together = together && capital(i + k) && text.substr(words[i + k - 1].end, 1) == " " &&
                           words[i + k].begin == words[i + k - 1].end + 1;
            }
            if (!together) continue;
            const std::size_t end = possessive(words[i + length - 1].end);
            const std::string_view said = text.substr(words[i].begin, end - words[i].begin);
            const std::string right = repair_name(said, known);
            if (right == said) continue;
            out += text.substr(copied, words[i].begin - copied);
            out += right;
            copied = end;
            taken = length;
            break;
        }
        i += taken;
    }
    out += text.substr(copied);
    return out;
}

std::string speaker_name(std::string_view label, std::span<const std::string> known) {
    std::string name = text::collapse_white_space(label);
    if (name.empty() || name.size() > 80 || std::any_of(name.begin(), name.end(), text::is_ascii_digit)) return {};
    static constexpr std::array<std::string_view, 16> nobody = {
        "speaker", "unknown", "host",   "guest",    "narrator", "announcer",   "man",    "woman",
        "voice",   "male",    "female", "speaker:", "both",     "interviewer", "others", "all"};
    const std::string folded = text::fold(name);
    for (const std::string_view part : parts_of(folded)) {
        if (std::find(nobody.begin(), nobody.end(), part) != nobody.end()) return {};
    }
    if (name.find(' ') != std::string::npos) return repair_name(name, known);
    const std::string* bearer = nullptr;
    for (const std::string& right : known) {
        if (text::fold(parts_of(right).front()) != folded) continue;
        if (bearer != nullptr) return name;
        bearer = &right;
    }
    return bearer != nullptr ? *bearer : name;
}

}  // namespace podbrief::insights
