#include "adapters/index/searcher.hpp"

#include <algorithm>
#include <array>

#include "adapters/index/at_least.hpp"
#include "adapters/index/best_hits.hpp"
#include "adapters/index/filters.hpp"
#include "adapters/index/places.hpp"
#include "adapters/index/scoring.hpp"

namespace podbrief::index {
namespace {

constexpr Document window = Documents::window;
static_assert(window % at_least_stride == 0);

class Search {
public:
    Search(const Library& library, const SearchQuery& query, std::size_t limit, Scoring scoring)
        : documents_(library.documents),
          prune_(scoring == Scoring::pruned),
          plan_(library, query),
          filters_(library.documents, query),
          places_(library.documents, plan_),
          best_(limit),
          slices_(plan_.terms.size()),
          here_(plan_.groups.size()) {}

    std::vector<SearchHit> run(const Library& library) {
        if (plan_.terms.empty() || plan_.has_unknown_phrase || filters_.nothing()) return {};
        plan_.phrases.empty() ? look_through_windows() : look_at_phrases(library);
        std::vector<SearchHit> hits;
        const auto found = best_.take();
        hits.reserve(found.size());
        for (const BestHits::Scored& one : found) hits.push_back(hit(one));
        return hits;
    }

private:
    // What a term has in the window: the entries [first, past) of its list. Those below first are yet to come.
    struct Slice {
        std::size_t first = 0;
        std::size_t past = 0;
    };
    // What a group has in the window.
    struct Here {
        std::uint32_t bound = 0;  // the most that it adds to a score
        std::size_t entries = 0;
    };

    std::uint32_t highest(std::uint32_t sum) const { return plan_.pairs.empty() ? sum : with_nearness(sum, nearest); }

    void look_through_windows() {
        for (std::size_t t = 0; t < slices_.size(); ++t) slices_[t].first = plan_.terms[t].list->size();
        for (Document base = next_window(); base != no_document; base = next_window()) {
            open_window(base);
            score_window(base);
        }
    }

    // The window of the last document yet to come; no_document: there is none.
    Document next_window() const {
        Document last = 0;
        bool found = false;
        for (std::size_t t = 0; t < slices_.size(); ++t) {
            if (slices_[t].first == 0) continue;
            found = true;
            last = std::max(last, ImpactList::document((*plan_.terms[t].list)[slices_[t].first - 1]));
        }
        return found ? last / window * window : no_document;
    }

    void open_window(Document base) {
        std::fill(here_.begin(), here_.end(), Here{});
        for (std::size_t t = 0; t < slices_.size(); ++t) {
            const QueryPlan::Term& term = plan_.terms[t];
            Slice& slice = slices_[t];
            slice.past = slice.first;
            slice.first = term.list->find_back(base, slice.past);
            if (slice.first == slice.past) continue;
            Here& here = here_[term.group];
            here.bound = std::max(here.bound, term.worth * term.list->bound(slice.first, slice.past));
            here.entries += slice.past - slice.first;
        }
    }

    void score_window(Document base) {
        const std::uint32_t needed = best_.needed(documents_.newest_of_window(base));
        std::uint32_t all = 0;
        order_.clear();
        for (std::uint32_t g = 0; g < here_.size(); ++g) {
            if (here_[g].entries == 0) continue;
            order_.push_back(g);
            all += here_[g].bound;
        }
        if (prune_ && highest(all) < needed) return;
        std::sort(order_.begin(), order_.end(),
                  [this](std::uint32_t a, std::uint32_t b) { return here_[a].bound < here_[b].bound; });
        // Whoever holds nothing but the first `optional` of these stays below.
        std::size_t optional = 0;
        std::uint32_t rest = 0;
        while (prune_ && highest(rest + here_[order_[optional]].bound) < needed)
            rest += here_[order_[optional++]].bound;
        if (optional > 0) optional = keep_worth_looking_up(optional);
        rest = 0;
        for (std::size_t i = 0; i < optional; ++i) rest += here_[order_[i]].bound;

        scores_.fill(0);
        masks_.fill(0);
        for (std::size_t i = optional; i < order_.size(); ++i) add_group(order_[i], base, all, needed);
        gather(base, rest, needed);
        while (optional > 0) {
            const std::uint32_t group = order_[--optional];
            rest -= here_[group].bound;
            look_up_gathered(group, base);
            const std::int32_t least = lowest(rest, needed);
            std::erase_if(gathered_, [&](std::uint32_t at) { return scores_[at] < least; });
        }
        offer_gathered(base);
    }

    // Calls `take` with the place in the window and what the term adds there, leaving out blocks of the list whose
    // insights get no higher than `needed` with all that the other groups may add.
    template <class Take>
    void for_each_entry(std::size_t t, Document base, std::uint32_t others, std::uint32_t needed, Take take) const {
        const QueryPlan::Term& term = plan_.terms[t];
        const auto entries = term.list->entries();
        for (std::size_t at = slices_[t].first; at < slices_[t].past;) {
            const bool skips = prune_ && term.list->has_blocks();
            const std::size_t past =
                skips ? std::min(slices_[t].past, (at / ImpactList::block + 1) * ImpactList::block) : slices_[t].past;
            if (skips && highest(others + term.worth * term.list->bound(at, past)) < needed) {
                at = past;
                continue;
            }
            for (; at < past; ++at) {
                take(ImpactList::document(entries[at]) - base, term.worth * ImpactList::impact(entries[at]));
            }
        }
    }

    void add_group(std::uint32_t g, Document base, std::uint32_t all, std::uint32_t needed) {
        const QueryPlan::Group& group = plan_.groups[g];
        const std::uint32_t others = all - here_[g].bound;
        const std::uint8_t mark = QueryPlan::mark_of(g);
        if (group.last - group.first == 1) {
            for_each_entry(group.first, base, others, needed, [this, mark](Document at, std::uint32_t value) {
                scores_[at] += static_cast<std::int32_t>(value);
                masks_[at] |= mark;
            });
            return;
        }
        in_group_.clear();
        for (std::size_t t = group.first; t < group.last; ++t) {
            for_each_entry(t, base, others, needed, [this](Document at, std::uint32_t value) {
                if (of_group_[at] == 0) in_group_.push_back(at);
                of_group_[at] = std::max(of_group_[at], value);
            });
        }
        for (const Document at : in_group_) {
            scores_[at] += static_cast<std::int32_t>(of_group_[at]);
            masks_[at] |= mark;
            of_group_[at] = 0;
        }
    }

    // The lowest score that may get in, were `rest` added to it.
    std::int32_t lowest(std::uint32_t rest, std::uint32_t needed) const {
        std::uint32_t sum = needed;
        if (!plan_.pairs.empty()) {
            sum -= sum / 9;  // nearness adds an eighth at the most
            while (sum > 0 && highest(sum - 1) >= needed) --sum;
            while (highest(sum) < needed) ++sum;
        }
        return static_cast<std::int32_t>(std::max(sum, rest + 1) - rest);
    }

    // Those of the window that may get in when `rest` is added.
    void gather(Document base, std::uint32_t rest, std::uint32_t needed) {
        gathered_.clear();
        const std::size_t past = std::min<std::size_t>(window, documents_.count() - base);
        const std::size_t whole = (past + at_least_stride - 1) / at_least_stride * at_least_stride;
        append_at_least(std::span(scores_).first(whole), lowest(rest, needed), gathered_);
    }

    // Of the first `optional` groups, those stay in front that are looked up sooner for the few that hold another one
    // than walked through; how many.
    std::size_t keep_worth_looking_up(std::size_t optional) {
        constexpr std::size_t steps_of_a_look_up = 32;  // in steps of a walk, which are quick
        std::size_t others = 0;
        for (std::size_t i = optional; i < order_.size(); ++i) others += here_[order_[i]].entries;
        const auto end = order_.begin() + static_cast<std::ptrdiff_t>(optional);
        const auto kept = std::stable_partition(order_.begin(), end, [&](std::uint32_t g) {
            const std::size_t terms = plan_.groups[g].last - plan_.groups[g].first;
            return others * terms * steps_of_a_look_up < here_[g].entries;
        });
        return static_cast<std::size_t>(kept - order_.begin());
    }

    void look_up_gathered(std::uint32_t g, Document base) {
        for (const Document at : gathered_) {
            const std::uint32_t value = best_of(plan_.groups[g], base + at);
            scores_[at] += static_cast<std::int32_t>(value);
            if (value > 0) masks_[at] |= QueryPlan::mark_of(g);
        }
    }

    // What the group adds to a document in the window.
    std::uint32_t best_of(const QueryPlan::Group& group, Document document) const {
        std::uint32_t best = 0;
        for (std::size_t t = group.first; t < group.last; ++t) {
            const ImpactList& list = *plan_.terms[t].list;
            const std::size_t at = list.find(document, slices_[t].first, slices_[t].past);
            if (at == slices_[t].past || ImpactList::document(list[at]) != document) continue;
            best = std::max(best, plan_.terms[t].worth * ImpactList::impact(list[at]));
        }
        return best;
    }

    // The most promising first, so that few need be looked at closely.
    void offer_gathered(Document base) {
        const InsightId newest = documents_.newest_of_window(base);
        promising_.clear();
        const std::uint32_t needed = best_.needed(newest);
        for (const Document at : gathered_) {
            const auto score = static_cast<std::uint32_t>(scores_[at]);
            const std::uint32_t bound = with_nearness(score, plan_.most_nearness(masks_[at]));
            if (bound < needed) continue;
            documents_.prefetch(base + at);
            promising_.emplace_back(bound, at);
        }
        std::make_heap(promising_.begin(), promising_.end());
        while (!promising_.empty() && promising_.front().first >= best_.needed(newest)) {
            const Document at = promising_.front().second;
            const auto score = static_cast<std::uint32_t>(scores_[at]);
            offer(base + at, score, promising_.front().first != score);
            std::pop_heap(promising_.begin(), promising_.end());
            promising_.pop_back();
        }
    }

    void offer(Document document, std::uint32_t score, bool may_be_near) {
        const DocumentRecord& record = documents_[document];
        if (!filters_.let(record)) return;
        if (may_be_near) score = with_nearness(score, places_.nearness(document));
        best_.offer({score, record.insight, document});
    }

    // Through the insights that hold every word of every phrase.
    void look_at_phrases(const Library& library) {
        std::vector<const ImpactList*> lists;
        for (const auto& phrase : plan_.phrases) {
            for (const QueryPlan::PhraseWord& word : phrase) lists.push_back(&library.postings[word.term]);
        }
        std::sort(lists.begin(), lists.end(), [](auto* a, auto* b) { return a->size() < b->size(); });
        for (std::size_t t = 0; t < slices_.size(); ++t) slices_[t] = {0, plan_.terms[t].list->size()};
        std::vector<std::size_t> read(lists.size(), 0);
        for (const std::uint32_t packed : lists.front()->entries()) {
            const Document document = ImpactList::document(packed);
            bool held_by_all = true;
            for (std::size_t l = 1; l < lists.size() && held_by_all; ++l) {
                const ImpactList& list = *lists[l];
                read[l] = list.find(document, read[l], list.size());
                held_by_all = read[l] < list.size() && ImpactList::document(list[read[l]]) == document;
            }
            if (!held_by_all || !places_.holds_phrases(document)) continue;
            std::uint32_t score = 0;
            for (const QueryPlan::Group& group : plan_.groups) score += best_of(group, document);
            if (score > 0) offer(document, score, !plan_.pairs.empty());
        }
    }

    SearchHit hit(const BestHits::Scored& one) const {
        const DocumentRecord& record = documents_[one.document];
        std::array<std::uint32_t, most_terms> cover{};
        auto wanted = plan_.by_number.begin();
        const auto end = plan_.by_number.end();
        documents_.for_each_term(one.document, [&](const DocumentTerm& held) {
            while (wanted != end && plan_.terms[*wanted].term < held.term) ++wanted;
            for (; wanted != end && plan_.terms[*wanted].term == held.term; ++wanted) {
                std::uint32_t& covered = cover[plan_.terms[*wanted].group];
                covered = std::max(covered, plan_.terms[*wanted].worth);
            }
            return wanted != end;
        });
        for (const QueryPlan::Term& term : plan_.terms) {
            if (term.term != no_term) continue;
            const std::size_t at = term.list->find(one.document, 0, term.list->size());
            if (at == term.list->size() || ImpactList::document((*term.list)[at]) != one.document) continue;
            cover[term.group] = std::max(cover[term.group], term.worth);
        }
        std::uint64_t covered = 0;
        for (const std::uint32_t one_group : cover) covered += one_group;
        return {.insight = record.insight,
                .episode = record.episode,
                .podcast = record.podcast,
                .cluster = record.cluster,
                .score = shown_score(one.score),
                .coverage = static_cast<double>(covered) / static_cast<double>(plan_.full_cover),
                .stance = record.stance,
                .negated = record.negated,
                .published_at = record.published_at};
    }

    const Documents& documents_;
    const bool prune_;
    const QueryPlan plan_;
    const Filters filters_;
    PlacesOfQuery places_;
    BestHits best_;
    std::vector<Slice> slices_;                  // of each term
    std::vector<Here> here_;                     // of each group
    std::vector<std::uint32_t> order_;           // groups in the window, the least first
    std::array<std::int32_t, window> scores_{};  // signed, because processors compare those together; below 2^31
    std::array<std::uint8_t, window> masks_{};   // which groups each insight holds
    std::array<std::uint32_t, window> of_group_{};
    std::vector<Document> in_group_;
    std::vector<Document> gathered_;
    std::vector<std::pair<std::uint32_t, Document>> promising_;  // the most that it may get, and which
};

}  // namespace

std::vector<SearchHit> search(const Library& library, const SearchQuery& query, std::size_t limit, Scoring scoring) {
    if (limit == 0) return {};
    return Search(library, query, limit, scoring).run(library);
}

}  // namespace podbrief::index
