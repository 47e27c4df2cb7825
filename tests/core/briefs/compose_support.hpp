#pragma once
#include <map>
#include <string>
#include <vector>

#include "core/briefs/compose.hpp"
#include "core/text/words.hpp"

namespace podbrief::briefs {

using namespace std::chrono_literals;

inline const WallTime now = std::chrono::sys_days{std::chrono::year{2026} / 3 / 12} + 7h;

// Candidates whose words have nothing in common unless a test gives them some.
struct Known : Candidate {
    std::map<std::string, double> topic_relevance;  // as an index would find it
};

class Library {
public:
    Known& add(std::int64_t show, const std::string& text = {}, float quality = 0.6f) {
        Known candidate;
        Insight& insight = candidate.insight;
        const std::int64_t number = static_cast<std::int64_t>(candidates.size()) + 1;
        insight.id = InsightId{number};
        insight.episode = EpisodeId{100 + number};
        insight.podcast = PodcastId{show};
        insight.cluster = ClaimClusterId{1000 + number};
        insight.text = text.empty() ? fmt::format("alpha{0} beta{0} gamma{0} delta{0}", number) : text;
        insight.scores.quality = quality;
        insight.published_at = now - 6h;
        candidate.show = "Show " + std::to_string(show);
        candidate.stems = text::unique_stems(insight.text);
        candidates.push_back(std::move(candidate));
        return candidates.back();
    }

    ComposeInput input(Profile profile = {}) const {
        ComposeInput input;
        input.reader.id = ReaderId{1};
        input.reader.profile = std::move(profile);
        input.key = "2026-03-12";
        input.pool = std::make_shared<CandidatePool>(std::vector<Candidate>(candidates.begin(), candidates.end()));
        std::map<std::string, TopicHits> hits;
        for (std::uint32_t place = 0; place < candidates.size(); ++place) {
            for (const auto& [topic, relevance] : candidates[place].topic_relevance) {
                hits[topic].emplace_back(place, relevance);
            }
        }
        for (auto& [topic, found] : hits) input.topics[topic] = std::make_shared<const TopicHits>(std::move(found));
        input.now = now;
        return input;
    }

    const Insight& of(const BriefItem& item) const {
        return candidates[static_cast<std::size_t>(item.insight.value) - 1].insight;
    }

    std::vector<Known> candidates;
};

inline Profile following(const std::string& topic) {
    Profile profile;
    profile.topics[topic] = 1;
    return profile;
}

}  // namespace podbrief::briefs
