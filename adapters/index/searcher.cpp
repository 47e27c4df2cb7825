#include "adapters/index/searcher.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "adapters/index/scoring.hpp"

namespace podbrief::index {
namespace {

constexpr std::size_t most_terms = 64;
constexpr Document window = 4096;

struct WantedTerm {
    TermId term;
    std::size_t group;  // index into groups
    float weight;
    float worth;  // weight times the rarity of its group
    const std::uint32_t* at;
    const std::uint32_t* end;
};

struct Group {
    int number;  // as the query gives it
    float rarity = 0;
    float heaviest = 0;
    std::size_t first = 0;  // of its terms, and past them
    std::size_t last = 0;
};

struct Scored {
    float score;
    Document document;
};

class Search {
public:
    Search(const Vocabulary& vocabulary, const Documents& documents, const SearchQuery& query, std::size_t limit)
        : vocabulary_(vocabulary), documents_(documents), query_(query), limit_(limit) {
        read_terms();
        read_filters();
        const double average = documents.average_length();
        for (std::size_t length = 0; length < norms_.size(); ++length) {
            norms_[length] = length_norm(static_cast<std::uint8_t>(length), average);
        }
    }

    std::vector<SearchHit> run() {
        if (terms_.empty() || limit_ == 0 || speaker_ == UINT32_MAX) return {};
        std::size_t postings = 0;
        for (const WantedTerm& term : terms_) postings += static_cast<std::size_t>(term.end - term.at);
        const bool sparse = postings < documents_.count() / 8;
        for (Document base = next_window(); base < documents_.count(); base = next_window()) {
            sparse ? score_sparse_window(base) : score_dense_window(base);
        }
        const auto better = [this](const Scored& a, const Scored& b) { return is_better(a, b); };
        std::sort_heap(best_.begin(), best_.end(), better);
        std::vector<SearchHit> hits;
        hits.reserve(best_.size());
        for (const Scored& one : best_) hits.push_back(hit(one));
        return hits;
    }

private:
    void read_terms() {
        for (const QueryTerm& wanted : std::span(query_.terms).first(std::min(most_terms, query_.terms.size()))) {
            if (!(wanted.weight > 0)) continue;
            auto group =
                std::find_if(groups_.begin(), groups_.end(), [&](const Group& g) { return g.number == wanted.group; });
            if (group == groups_.end()) group = groups_.insert(group, Group{.number = wanted.group});
            const auto weight = static_cast<float>(wanted.weight);
            group->heaviest = std::max(group->heaviest, weight);
            const TermId term = vocabulary_.find(wanted.stem);
            if (term == no_term) continue;
            group->last = std::max<std::size_t>(group->last, vocabulary_[term].insights);  // for now: the commonest
            const PostingList& postings = vocabulary_[term].postings;
            terms_.push_back(
                {term, static_cast<std::size_t>(group - groups_.begin()), weight, 0, postings.begin(), postings.end()});
        }
        std::sort(terms_.begin(), terms_.end(), [](const auto& a, const auto& b) { return a.group < b.group; });
        for (Group& group : groups_) {
            group.rarity = rarity(group.last, documents_.live());
            full_cover_ += group.rarity * group.heaviest;
        }
        for (std::size_t g = 0, at = 0; g < groups_.size(); ++g) {
            groups_[g].first = at;
            for (; at < terms_.size() && terms_[at].group == g; ++at)
                terms_[at].worth = terms_[at].weight * groups_[g].rarity;
            groups_[g].last = at;
        }
    }

    void read_filters() {
        excluded_ = query_.exclude_insights;
        excluded_episodes_ = query_.exclude_episodes;
        std::sort(excluded_.begin(), excluded_.end());
        std::sort(excluded_episodes_.begin(), excluded_episodes_.end());
        if (!query_.speaker.empty()) speaker_ = documents_.find_speaker(query_.speaker);
    }

    bool is_wanted(const DocumentRecord& record) const {
        return !record.erased && (speaker_ == 0 || record.speaker == speaker_) &&
               (!query_.podcast || record.podcast == *query_.podcast) &&
               (!query_.published_from || record.published_at >= *query_.published_from) &&
               (!query_.published_until || record.published_at < *query_.published_until) &&
               !std::binary_search(excluded_.begin(), excluded_.end(), record.insight) &&
               !std::binary_search(excluded_episodes_.begin(), excluded_episodes_.end(), record.episode);
    }

    bool is_better(const Scored& a, const Scored& b) const {
        if (a.score != b.score) return a.score > b.score;
        return documents_[a.document].insight > documents_[b.document].insight;
    }

    void offer(Scored one) {
        if (!is_wanted(documents_[one.document])) return;
        const auto better = [this](const Scored& a, const Scored& b) { return is_better(a, b); };
        if (best_.size() == limit_) {
            if (!is_better(one, best_.front())) return;
            std::pop_heap(best_.begin(), best_.end(), better);
            best_.pop_back();
        }
        best_.push_back(one);
        std::push_heap(best_.begin(), best_.end(), better);
    }

    template <class Take>
    void for_each_in_window(WantedTerm& term, Document base, Take take) const {
        const Document end = base + window;
        for (; term.at != term.end; ++term.at) {
            const Document document = PostingList::document(*term.at);
            if (document >= end) break;
            take(document - base,
                 impact(term.worth, PostingList::units(*term.at), norms_[documents_.length(document)]));
        }
    }

    // Adds the scores of the window's documents into scores_. In a sparse query, touched_ lists those that got one.
    template <bool sparse>
    void add_scores(Document base) {
        const auto add = [this](Document at, float value) {
            if constexpr (sparse) {
                if (scores_[at] == 0) touched_.push_back(at);
            }
            scores_[at] += value;
        };
        for (const Group& group : groups_) {
            if (group.last - group.first == 1) {
                for_each_in_window(terms_[group.first], base, add);
                continue;
            }
            in_group_.clear();
            for (std::size_t t = group.first; t < group.last; ++t) {
                for_each_in_window(terms_[t], base, [this](Document at, float value) {
                    if (of_group_[at] == 0) in_group_.push_back(at);
                    of_group_[at] = std::max(of_group_[at], value);
                });
            }
            for (const Document at : in_group_) {
                add(at, of_group_[at]);
                of_group_[at] = 0;
            }
        }
    }

    float threshold() const { return best_.size() == limit_ ? best_.front().score : 0; }

    void score_sparse_window(Document base) {
        touched_.clear();
        add_scores<true>(base);
        for (const Document at : touched_) {
            const float score = scores_[at];
            scores_[at] = 0;
            if (score >= threshold()) offer({score, base + at});
        }
    }

    void score_dense_window(Document base) {
        constexpr std::size_t stride = 32;  // skipped at one look when the best of them is too low
        scores_.fill(0);
        add_scores<false>(base);
        for (std::size_t from = 0; from < window && base + from < documents_.count(); from += stride) {
            float highest = 0;
            for (std::size_t at = from; at < from + stride; ++at) highest = std::max(highest, scores_[at]);
            if (highest <= 0 || highest < threshold()) continue;
            for (std::size_t at = from; at < from + stride; ++at) {
                if (scores_[at] > 0 && scores_[at] >= threshold())
                    offer({scores_[at], base + static_cast<Document>(at)});
            }
        }
    }

    // The window of the next document that holds a term; count() when there is none.
    Document next_window() const {
        Document next = PostingList::most_documents;
        for (const WantedTerm& term : terms_) {
            if (term.at != term.end) next = std::min(next, PostingList::document(*term.at));
        }
        return next / window * window;
    }

    SearchHit hit(const Scored& one) const {
        const DocumentRecord& record = documents_[one.document];
        std::array<float, most_terms> cover{};
        documents_.for_each_term(one.document, [&](DocumentTerm held) {
            for (const WantedTerm& wanted : terms_) {
                if (wanted.term == held.term) cover[wanted.group] = std::max(cover[wanted.group], wanted.worth);
            }
        });
        double covered = 0;
        for (std::size_t g = 0; g < groups_.size(); ++g) covered += cover[g];
        return {.insight = record.insight,
                .episode = record.episode,
                .podcast = record.podcast,
                .cluster = record.cluster,
                .score = one.score,
                .coverage = full_cover_ > 0 ? std::min(1.0, covered / full_cover_) : 0,
                .stance = record.stance,
                .negated = record.negated,
                .published_at = record.published_at};
    }

    const Vocabulary& vocabulary_;
    const Documents& documents_;
    const SearchQuery& query_;
    const std::size_t limit_;
    std::vector<WantedTerm> terms_;
    std::vector<Group> groups_;
    double full_cover_ = 0;
    std::vector<InsightId> excluded_;
    std::vector<EpisodeId> excluded_episodes_;
    std::uint32_t speaker_ = 0;  // 0: any; UINT32_MAX: one who says nothing
    std::array<float, 256> norms_{};
    std::array<float, window> scores_{};
    std::array<float, window> of_group_{};
    std::vector<Document> touched_;
    std::vector<Document> in_group_;
    std::vector<Scored> best_;  // a heap, the worst of the best in front
};

}  // namespace

std::vector<SearchHit> search(const Vocabulary& vocabulary, const Documents& documents, const SearchQuery& query,
                              std::size_t limit) {
    return Search(vocabulary, documents, query, limit).run();
}

}  // namespace podbrief::index
