#include "core/insights/statements.hpp"

#include <algorithm>
#include <set>

#include "core/text/stemmer.hpp"
#include "core/text/unicode.hpp"
#include "core/text/words.hpp"

namespace podbrief::insights {

StemId Vocabulary::id_of(std::string_view stem) {
    if (const auto found = ids_.find(stem); found != ids_.end()) return found->second;
    const auto id = static_cast<StemId>(ids_.size());
    ids_.emplace(std::string(stem), id);
    sentences.push_back(0);
    return id;
}

std::uint32_t Vocabulary::pair_count(StemId a, StemId b) const {
    const auto found = pairs_.find(key(a, b));
    return found == pairs_.end() ? 0 : found->second;
}

void Vocabulary::count_case(std::string_view lower, bool capital) {
    auto found = cases_.find(lower);
    if (found == cases_.end()) found = cases_.emplace(std::string(lower), Case{}).first;
    ++(capital ? found->second.capital : found->second.small);
}

bool Vocabulary::is_proper(std::string_view lower) const {
    const auto found = cases_.find(lower);
    return found != cases_.end() && found->second.capital > 0 && found->second.capital >= found->second.small;
}

bool Vocabulary::is_small(std::string_view lower) const {
    const auto found = cases_.find(lower);
    return found != cases_.end() && found->second.small > 0;
}

namespace {

void read_words(Statement& statement, const Tokens& tokens, Vocabulary& vocabulary) {
    text::Stemmer& stemmer = text::Stemmer::of_this_thread();
    constexpr StemId nothing = UINT32_MAX;
    StemId before = nothing;
    for (std::size_t i = 0; i < tokens.list.size(); ++i) {
        const Token& token = tokens.list[i];
        StemId id = nothing;
        if (is_telling(token) || begins_a_name(tokens.list, i)) {
            id = vocabulary.id_of(stemmer.look_up(token.word).stem);
            statement.stems.push_back(id);
            if (before != nothing) vocabulary.count_pair(before, id);
            if (i > 0) vocabulary.count_case(token.lower, token.capital());
        }
        before = token.after == " " || token.after == "-" ? id : nothing;
    }
    std::sort(statement.stems.begin(), statement.stems.end());
    statement.stems.erase(std::unique(statement.stems.begin(), statement.stems.end()), statement.stems.end());
    for (const StemId id : statement.stems) ++vocabulary.sentences[id];
}

// First names of those who speak, in lower case.
std::set<std::string, std::less<>> first_names(const std::vector<std::string>& speakers) {
    std::set<std::string, std::less<>> names;
    for (const std::string& speaker : speakers) {
        std::string first = text::to_lower(speaker.substr(0, speaker.find(' ')));
        if (first.size() > 2) names.insert(std::move(first));
    }
    return names;
}

// "Like Adam said", "Your question, Daniel, is": one of those who speak, by the first name alone.
bool names_someone_present(const Tokens& tokens, const std::set<std::string, std::less<>>& names) {
    for (std::size_t i = 0; i < tokens.list.size(); ++i) {
        const Token& token = tokens.list[i];
        if (!token.capital()) continue;
        const std::string_view bare =
            token.lower.ends_with("'s") ? token.lower.substr(0, token.lower.size() - 2) : token.lower;
        if (!names.contains(bare)) continue;
        const bool surname = i + 1 < tokens.list.size() && token.after == " " && tokens.list[i + 1].capital();
        if (!surname) return true;
    }
    return false;
}

}  // namespace

std::vector<Statement> statements_of(const std::vector<Turn>& turns, const std::vector<std::string>& speakers,
                                     Vocabulary& vocabulary) {
    std::vector<Statement> statements;
    const auto present = first_names(speakers);
    for (std::size_t turn = 0; turn < turns.size(); ++turn) {
        for (const text::ByteRange& range : turns[turn].sentences) {
            Statement& statement = statements.emplace_back();
            statement.turn = turn;
            statement.range = range;
            constexpr std::size_t longest = 1000;  // bytes; no insight can be made of more
            if (range.size() > longest) {
                statement.clean.text = "...";
                statement.facts.fault = gate::too_long;
                continue;
            }
            CleanSentence& clean = statement.clean;
            clean = clean_sentence(range.in(turns[turn].text), speakers[turn]);
            if (clean.text.empty()) continue;
            const Tokens tokens(clean.core.empty() ? std::string_view(clean.text) : std::string_view(clean.core));
            statement.facts = facts_of(tokens);
            read_words(statement, tokens, vocabulary);
            statement.words =
                clean.core.empty() ? statement.facts.words : static_cast<int>(text::words(clean.text).size());
            statement.code_points = static_cast<int>(text::code_point_count(clean.text));
            SentenceFacts& facts = statement.facts;
            if (!clean.joint.empty()) facts.claim += 1.0;  // what "because" would have weighed
            if (facts.fault.empty() && names_someone_present(tokens, present)) facts.fault = gate::chatter;
            if (clean.unintelligible)
                facts.fault = gate::unintelligible;
            else if (clean.question && facts.fault.empty())
                facts.fault = gate::question;
            else if (clean.unfinished)
                facts.fault = gate::unfinished;
            else if (clean.restarted)
                facts.fault = gate::restarted;
        }
    }
    return statements;
}

}  // namespace podbrief::insights
