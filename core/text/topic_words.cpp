#include "core/text/topic_words.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "core/text/code_points.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::text {
namespace {

using Words = std::set<std::string_view>;

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 128; });
}

std::string lower_ascii(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    }
    return lower;
}

// One thing that ends with s, and names that do.
bool is_no_plural(std::string_view word) {
    static const Words words = {
        "airpods",  "always",       "angeles",  "athens",      "brussels",   "css",     "devops",     "emacs",
        "gps",      "headquarters", "https",    "james",       "jones",      "keynes",  "kubernetes", "les",
        "maps",     "mars",         "means",    "netherlands", "news",       "nix",     "perhaps",    "philippines",
        "postgres", "rails",        "sales",    "series",      "sometimes",  "species", "stripes",    "texas",
        "vegas",    "whereas",      "williams", "windows",     "workspaces", "ops",     "finops",     "gitops",
        "mlops",    "llmops",       "aiops",    "secops",      "devsecops",  "nodejs",  "nextjs",     "adams",
        "hopkins",  "watts",        "teams",    "meetups",     "states",     "nations", "olympics",   "savings",
        "earnings", "goods",        "odds",     "thanks",      "jeans",      "lens",    "pants",      "scissors",
        "glasses",  "wales",        "cnns",     "jobs",        "gates",      "rails",   "jenkins",    "dickens",
        "cisco",    "numbers",      "notes"};
    return words.contains(word);
}

// Plurals whose endings are more often those of no plural: -is, -us, -os, -ics, and words of three letters.
bool is_sure_plural(std::string_view word) {
    static const Words words = {
        "ads",       "algos",     "apis",     "audios",     "casinos",   "cds",     "ceos",   "cios",   "clinics",
        "clis",      "combos",    "cookies",  "cpus",       "critics",   "ctos",    "demos",  "dpus",   "emojis",
        "genies",    "gpus",      "guis",     "hoodies",    "kpis",      "lies",    "logos",  "lpus",   "macros",
        "mechanics", "memos",     "menus",    "metrics",    "monorepos", "movies",  "ngos",   "npus",   "pcs",
        "photos",    "pies",      "podcasts", "portfolios", "promos",    "prs",     "radios", "ratios", "repos",
        "rookies",   "scenarios", "selfies",  "skus",       "studios",   "taxis",   "ties",   "topics", "tpus",
        "tvs",       "videos",    "vms",      "wikis",      "zeros",     "zombies", "bots",   "laws",   "cars",
        "kids",      "jobs"};
    return words.contains(word);
}

const std::map<std::string_view, std::string_view>& irregular() {
    static const std::map<std::string_view, std::string_view> forms = {
        {"analyses", "analysis"}, {"bases", "base"},          {"biases", "bias"},
        {"bonuses", "bonus"},     {"buses", "bus"},           {"campuses", "campus"},
        {"canvases", "canvas"},   {"children", "child"},      {"crises", "crisis"},
        {"echoes", "echo"},       {"heroes", "hero"},         {"hypotheses", "hypothesis"},
        {"lenses", "lens"},       {"lives", "life"},          {"men", "man"},
        {"mice", "mouse"},        {"potatoes", "potato"},     {"quizzes", "quiz"},
        {"statuses", "status"},   {"theses", "thesis"},       {"tomatoes", "tomato"},
        {"vetoes", "veto"},       {"viruses", "virus"},       {"wives", "wife"},
        {"women", "woman"},       {"caches", "cache"},        {"headaches", "headache"},
        {"niches", "niche"},      {"aliases", "alias"},       {"atlases", "atlas"},
        {"indices", "index"},     {"indexes", "index"},       {"matrices", "matrix"},
        {"vertices", "vertex"},   {"appendices", "appendix"}, {"knives", "knife"}};
    return forms;
}

// Quotation marks, dashes and the like in UTF-8 (U+2000 to U+203F).
constexpr std::string_view punctuation = "\xE2\x80";

// Bytes beyond ASCII are taken for letters.
bool is_of_a_word(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 128 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

bool ends_with_a_word(std::string_view text) {
    if (text.empty() || !is_of_a_word(text.back())) return false;
    return text.size() < 3 || text.substr(text.size() - 3, 2) != punctuation;
}

bool begins_with_a_word(std::string_view text) {
    return !text.empty() && is_of_a_word(text.front()) && !text.starts_with(punctuation);
}

// What follows may have its capital from there. Said more often than it is so ("Dr. Smith"): other texts will tell.
bool begins_a_sentence(std::string_view before) {
    const std::size_t last = before.find_last_not_of(" \t\n\"'(");
    return last == std::string_view::npos || std::string_view(".!?:;").find(before[last]) != std::string_view::npos;
}

// A capital within, or several: no beginning of a sentence makes those.
bool is_written_so_anywhere(std::string_view form) {
    const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    return std::any_of(form.begin() + 1, form.end(), capital);
}

}  // namespace

std::string words_for_address(std::string_view text, std::size_t most) {
    // No more of it is looked at than can count.
    text = text.substr(0, std::min(text.size(), 4 * most));
    const std::string folded = is_ascii(text) ? lower_ascii(text) : fold(text);
    std::vector<std::string> words;
    std::string word;
    const auto end_word = [&] {
        if (!word.empty()) words.push_back(std::exchange(word, {}));
    };
    for (std::size_t at = 0; at < folded.size();) {
        const std::size_t begin = at;
        const UChar32 c = next_code_point(folded, at);
        if (c < 0) continue;
        if (u_isalnum(c) || u_getCombiningClass(c) != 0 || u_charType(c) == U_COMBINING_SPACING_MARK) {
            word.append(folded, begin, at - begin);
        } else if ((c == '+' || c == '#') && !(word.empty() && words.empty())) {
            end_word();
            words.emplace_back(c == '+' ? "plus" : "sharp");
        } else if (c != '\'' && c != 0x2019) {  // "don't" is one word
            end_word();
        }
    }
    end_word();
    std::string key;
    for (const std::string& one : words) {
        if (key.size() + 1 + one.size() > most) break;
        if (!key.empty()) key += '-';
        key += one;
    }
    return key;
}

std::string singular(std::string_view word) {
    const auto known = irregular().find(word);
    if (known != irregular().end()) return std::string(known->second);
    const auto without = [&](std::size_t count, std::string_view with = {}) {
        return std::string(word.substr(0, word.size() - count)).append(with);
    };
    const auto ends_in_one_of = [&](std::initializer_list<std::string_view> endings) {
        return std::any_of(endings.begin(), endings.end(), [&](std::string_view e) { return word.ends_with(e); });
    };
    const bool letters = std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (!letters || !word.ends_with('s') || is_no_plural(word)) return std::string(word);
    if (is_sure_plural(word)) return without(1);
    if (word.size() < 4 || ends_in_one_of({"ss", "us", "is", "os", "ics"})) return std::string(word);
    if (word.ends_with("ies")) return word.size() > 4 ? without(3, "y") : without(1);
    if (ends_in_one_of({"sses", "shes", "ches", "xes"})) return without(2);
    return without(1);
}

std::string topic_identity(std::string_view topic) {
    std::string key = words_for_address(topic);
    const std::size_t last = key.rfind('-') == std::string::npos ? 0 : key.rfind('-') + 1;
    return key.replace(last, std::string::npos, singular(std::string_view(key).substr(last)));
}

bool is_same_topic(std::string_view a, std::string_view b) {
    if (a == b) return true;
    const std::string identity = topic_identity(a);
    return !identity.empty() && identity == topic_identity(b);
}

std::string written_form(std::string_view topic, std::string_view text) {
    const std::string wanted = lower_ascii(topic);
    if (wanted.empty()) return {};
    const std::string lower = lower_ascii(text);
    for (std::size_t at = lower.find(wanted); at != std::string::npos; at = lower.find(wanted, at + wanted.size())) {
        const std::string_view before = text.substr(0, at);
        const std::string_view after = text.substr(at + wanted.size());
        if (ends_with_a_word(before) || begins_with_a_word(after)) continue;
        const std::string_view form = text.substr(at, wanted.size());
        const bool capital = form.front() >= 'A' && form.front() <= 'Z';
        if (!capital || is_written_so_anywhere(form) || !begins_a_sentence(before)) return std::string(form);
    }
    return {};
}

void TopicForms::add(std::string_view topic, std::string_view text, const std::vector<std::string>& names) {
    const std::string lower = lower_ascii(topic);
    const auto named = std::find_if(names.begin(), names.end(), [&](const auto& n) { return lower_ascii(n) == lower; });
    std::string form = named != names.end() ? *named : written_form(topic, text);
    if (form.empty()) form = topic;
    const auto known = std::find_if(counts_.begin(), counts_.end(), [&](const auto& one) { return one.first == form; });
    if (known != counts_.end()) {
        ++known->second;
    } else if (counts_.size() < 8) {
        counts_.emplace_back(std::move(form), 1);
    }
}

const std::string& TopicForms::most_frequent() const {
    static const std::string none;
    const auto most = std::max_element(counts_.begin(), counts_.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == counts_.end() ? none : most->first;
}

}  // namespace podbrief::text
