#include "core/search/acronyms.hpp"

#include <algorithm>

#include "core/text/words.hpp"

namespace podbrief::search {
namespace {

constexpr std::size_t most_pairs = 20'000;
constexpr std::size_t most_of_one_source = 64;
constexpr std::size_t most_long_forms = 3;

}  // namespace

void Acronyms::learn(Source source, std::int64_t id, const std::vector<text::SpelledOut>& pairs) {
    const auto known = sources_.find({source, id});
    if (known != sources_.end()) {
        for (const Vote& vote : known->second) remove(vote);
        sources_.erase(known);
    }
    std::vector<Vote> votes;
    for (const text::SpelledOut& pair : pairs) {
        if (votes.size() == most_of_one_source) break;
        Vote vote{text::stem(pair.short_form), text::stems(pair.long_form), pair.long_form};
        if (vote.long_form.size() >= 2) votes.push_back(std::move(vote));
    }
    // One vote a pair, by the writing that is first in order.
    std::sort(votes.begin(), votes.end());
    const auto same = [](const Vote& a, const Vote& b) {
        return a.short_form == b.short_form && a.long_form == b.long_form;
    };
    votes.erase(std::unique(votes.begin(), votes.end(), same), votes.end());
    // In a full memory there is room for what is known only.
    std::erase_if(votes, [this](const Vote& vote) {
        const auto there = by_short_.find(vote.short_form);
        const bool heard = there != by_short_.end() && there->second.contains(vote.long_form);
        if (!heard && pairs_ >= most_pairs) return true;
        add(vote);
        return false;
    });
    if (!votes.empty()) sources_.emplace(std::pair(source, id), std::move(votes));
}

void Acronyms::add(const Vote& vote) {
    Count& count = by_short_[vote.short_form][vote.long_form];
    if (count.sources++ == 0) {
        ++pairs_;
        by_first_[vote.long_form.front()][vote.long_form].insert(vote.short_form);
    }
    ++count.written[vote.written];
}

void Acronyms::remove(const Vote& vote) {
    const auto short_form = by_short_.find(vote.short_form);
    const auto pair = short_form->second.find(vote.long_form);
    const auto written = pair->second.written.find(vote.written);
    if (--written->second == 0) pair->second.written.erase(written);
    if (--pair->second.sources > 0) return;
    short_form->second.erase(pair);
    if (short_form->second.empty()) by_short_.erase(short_form);
    const auto first = by_first_.find(vote.long_form.front());
    const auto long_form = first->second.find(vote.long_form);
    long_form->second.erase(vote.short_form);
    if (long_form->second.empty()) first->second.erase(long_form);
    if (first->second.empty()) by_first_.erase(first);
    --pairs_;
}

std::vector<Acronyms::LongForm> Acronyms::long_forms(std::string_view stem) const {
    std::vector<LongForm> found;
    const auto short_form = by_short_.find(stem);
    if (short_form == by_short_.end()) return found;
    std::size_t all = 0;
    for (const auto& [stems, count] : short_form->second) all += count.sources;
    for (const auto& [stems, count] : short_form->second) {
        const auto usual = std::max_element(
            count.written.begin(), count.written.end(),
            [](const auto& a, const auto& b) { return a.second < b.second; });  // equal ones: the first
        found.push_back({stems, usual->first, static_cast<double>(count.sources) / static_cast<double>(all)});
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const LongForm& a, const LongForm& b) { return a.share > b.share; });
    if (found.size() > most_long_forms) found.resize(most_long_forms);
    return found;
}

Acronyms::ShortForm Acronyms::short_form_at(std::span<const std::string_view> stems) const {
    ShortForm best;
    if (stems.empty()) return best;
    const auto first = by_first_.find(stems.front());
    if (first == by_first_.end()) return best;
    for (const auto& [long_form, short_forms] : first->second) {
        const bool here =
            long_form.size() <= stems.size() && std::equal(long_form.begin(), long_form.end(), stems.begin());
        if (!here || long_form.size() < best.length) continue;
        if (long_form.size() > best.length) best = {long_form.size(), "", 0, 0};
        for (const std::string& short_form : short_forms) {
            const auto& meanings = by_short_.find(short_form)->second;
            const std::size_t sources = meanings.at(long_form).sources;
            if (sources <= best.sources) continue;
            best.sources = sources;
            std::size_t all = 0;
            for (const auto& [other, count] : meanings) all += count.sources;
            best.stem = short_form;
            best.share = static_cast<double>(sources) / static_cast<double>(all);
        }
    }
    return best;
}

}  // namespace podbrief::search
