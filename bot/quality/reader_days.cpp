#include "bot/quality/reader_days.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/briefs/profile.hpp"
#include "core/ports/random.hpp"
#include "core/services/topic_hits.hpp"
#include "core/text/words.hpp"

namespace podbrief::bot::quality {
namespace {

using namespace std::chrono_literals;

constexpr WallTime first_day = std::chrono::sys_days{std::chrono::year{2026} / 3 / 2};
constexpr std::size_t there_before = 30;  // episodes
constexpr auto days_before = 10 * 24h;
constexpr auto morning = 8h;
constexpr auto looked_back = 14 * 24h;      // as services::Candidates does
constexpr std::size_t enough_to_care = 15;  // insights on a topic
constexpr std::size_t size_of_brief = 5;
constexpr double same_idea = 0.6;
constexpr std::size_t most_tastes = 60;

// What one reader was shown and said.
struct Life {
    Reader reader;
    std::vector<briefs::SentIdea> sent;
    std::vector<briefs::Taste> tastes;  // newest first
    std::vector<std::size_t> shown;
    std::set<std::size_t> shown_set;
    std::map<PodcastId, double> of_show;
};

struct Shown {
    std::size_t insight = 0;
    BriefItem item;
};

class Living {
public:
    Living(Town& town, const std::vector<SimulatedReader>& readers, const Maker& maker)
        : town_(town), readers_(readers), maker_(maker), lives_(readers.size()) {
        for (std::size_t r = 0; r < readers.size(); ++r) {
            lives_[r].reader.id = ReaderId{static_cast<std::int64_t>(r) + 1};
            for (const std::string& name : readers[r].tells) briefs::follow_topic(lives_[r].reader.profile, name);
        }
    }

    Result all_days() {
        Result result;
        for (int day = 0; day < simulated_days; ++day) {
            DayResult& sum = result.days.emplace_back();
            for (std::size_t r = 0; r < readers_.size(); ++r) one_morning(r, day, sum);
        }
        for (std::size_t r = 0; r < readers_.size(); ++r) {
            result.evenness += evenness(lives_[r]) / static_cast<double>(readers_.size());
        }
        result.found = share_found();
        return result;
    }

private:
    void one_morning(std::size_t r, int day, DayResult& sum) {
        Life& life = lives_[r];
        const SimulatedReader& who = readers_[r];
        Morning& now = town_.mornings[static_cast<std::size_t>(day)];
        const std::vector<Shown> brief =
            maker_.kind == Maker::Kind::podbrief ? composed(life, now) : plain(r, day, now);
        ++sum.briefs;
        for (const Shown& one : brief) {
            const bool wanted = who.wants(town_.topic_of[one.insight], day);
            ++sum.shown;
            sum.wanted += wanted;
            sum.fresh += is_new(life, one.insight);
            sum.outside += one.item.reason.outside_bubble;
            sum.outside_wanted += wanted && one.item.reason.outside_bubble;
            ++life.of_show[town_.library.insights[one.insight].podcast];
        }
        for (const Shown& one : brief) {
            life.shown.push_back(one.insight);
            life.shown_set.insert(one.insight);
            const Insight& insight = town_.library.insights[one.insight];
            life.sent.push_back({insight.cluster, town_.stems[one.insight], std::max(1, one.item.sources)});
            const Reaction reaction = react(who, r, insight.id.value, town_.topic_of[one.insight], day);
            if (reaction == Reaction::none || !maker_.learns || maker_.kind != Maker::Kind::podbrief) continue;
            const bool like = reaction == Reaction::like;
            briefs::learn(life.reader.profile, insight, one.item.reason.matched,
                          like ? FeedbackKind::like : FeedbackKind::less, now.at);
            briefs::Taste taste;
            taste.liked = like;
            taste.cluster = insight.cluster;
            taste.stems = town_.stems[one.insight];
            taste.at = now.at;
            life.tastes.insert(life.tastes.begin(), std::move(taste));
            if (life.tastes.size() > most_tastes) life.tastes.pop_back();
        }
    }

    std::vector<Shown> composed(Life& life, Morning& now) {
        briefs::ComposeInput input;
        input.reader = life.reader;
        input.key = "day";
        input.now = now.at;
        input.pool = now.pool;
        input.sent = life.sent;
        input.tastes = life.tastes;
        if (!maker_.fades) {
            for (briefs::Taste& taste : input.tastes) taste.at = now.at;
            for (auto& [topic, learnt] : input.reader.profile.learnt) learnt.at = now.at;
        }
        for (const auto& [topic, weight] : briefs::weights(input.reader.profile, now.at)) {
            auto& hits = now.found[topic];
            if (!hits) {
                hits = std::make_shared<const briefs::TopicHits>(services::hits_on(topic, *now.pool, *now.index));
            }
            input.topics.emplace(topic, hits);
        }
        briefs::ComposeRules rules;
        if (!maker_.outside) rules.least_for_outside = std::numeric_limits<std::size_t>::max();
        std::vector<Shown> brief;
        for (const BriefItem& item : briefs::compose(input, rules).items) {
            brief.push_back({static_cast<std::size_t>(item.insight.value) - 1, item});
        }
        return brief;
    }

    // The others: five of what there is, in some order.
    std::vector<Shown> plain(std::size_t r, int day, const Morning& now) {
        std::vector<std::size_t> order(now.insights.rbegin(), now.insights.rend());  // newest first
        Random chance(r * 1009 + static_cast<std::size_t>(day));
        auto best_by = [&](auto value) {
            std::stable_sort(order.begin(), order.end(),
                             [&](std::size_t a, std::size_t b) { return value(a) > value(b); });
        };
        if (maker_.kind == Maker::Kind::random) {
            for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[chance.below(i)]);
        }
        if (maker_.kind == Maker::Kind::most_liked)
            best_by([&](std::size_t i) {
                const bool heard = town_.library.insights[i].published_at < now.at - 24h;
                return heard ? town_.likes[i] : 0;
            });
        if (maker_.kind == Maker::Kind::knowing) {
            best_by([&](std::size_t i) { return readers_[r].wants(town_.topic_of[i], day); });
        }
        std::vector<Shown> brief;
        for (const std::size_t i : order) {
            if (brief.size() == size_of_brief) break;
            if (maker_.remembers && lives_[r].shown_set.contains(i)) continue;
            brief.push_back({i, BriefItem()});
        }
        return brief;
    }

    bool is_new(const Life& life, std::size_t insight) const {
        const Insight& what = town_.library.insights[insight];
        return std::none_of(life.shown.begin(), life.shown.end(), [&](std::size_t before) {
            return town_.library.insights[before].cluster == what.cluster ||
                   text::jaccard(town_.stems[before], town_.stems[insight]) >= same_idea;
        });
    }

    double evenness(const Life& life) const {
        double entropy = 0;
        for (const auto& [show, count] : life.of_show) {
            const double share = count / static_cast<double>(life.shown.size());
            entropy -= share * std::log(share);
        }
        std::set<std::string> shows;
        for (const TalkEpisode& episode : town_.library.episodes) shows.insert(episode.show);
        return entropy / std::log(static_cast<double>(shows.size()));
    }

    double share_found() const {
        double untold = 0;
        double found = 0;
        for (std::size_t r = 0; r < readers_.size(); ++r) {
            for (std::size_t t = readers_[r].tells.size(); t < readers_[r].cares.size(); ++t) {
                const auto times = std::count_if(lives_[r].shown.begin(), lives_[r].shown.end(), [&](std::size_t i) {
                    return town_.topic_of[i] == readers_[r].cares[t];
                });
                ++untold;
                found += times >= 2;
            }
        }
        return found / std::max(1.0, untold);
    }

    Town& town_;
    const std::vector<SimulatedReader>& readers_;
    const Maker& maker_;
    std::vector<Life> lives_;
};

}  // namespace

void publish_in_turn(std::vector<TalkEpisode>& episodes) {
    std::stable_sort(episodes.begin(), episodes.end(), [](const TalkEpisode& a, const TalkEpisode& b) {
        return a.request.episode.published_at < b.request.episode.published_at;
    });
    std::map<std::string, double> of_show;
    for (const TalkEpisode& one : episodes) ++of_show[one.show];
    std::map<std::string, double> so_far;
    std::vector<std::pair<double, std::size_t>> turns;
    for (std::size_t i = 0; i < episodes.size(); ++i) {
        const std::string& show = episodes[i].show;
        turns.emplace_back((so_far[show]++ + 0.5) / of_show[show], i);
    }
    std::sort(turns.begin(), turns.end());
    const auto later = static_cast<std::int64_t>(turns.size() - there_before);
    for (std::size_t turn = 0; turn < turns.size(); ++turn) {
        WallTime at = first_day;
        if (turn < there_before) {
            at -= std::chrono::duration_cast<Millis>(days_before) * static_cast<std::int64_t>(there_before - turn) /
                  static_cast<std::int64_t>(there_before);
        } else {
            at += std::chrono::duration_cast<Millis>(simulated_days * 24h) *
                  static_cast<std::int64_t>(turn - there_before) / later;
        }
        Episode& episode = episodes[turns[turn].second].request.episode;
        episode.published_at = at;
        episode.first_seen_at = at;
    }
}

Town::Town(const Library& from, const HiddenTopics::Grouping& grouping)
    : library(from), topics(from.episodes, grouping) {
    std::vector<std::size_t> counts(topics.all().size(), 0);
    for (std::size_t i = 0; i < library.insights.size(); ++i) {
        const auto segment = static_cast<std::size_t>(library.insights[i].first_segment);
        topic_of.push_back(topics.at(library.episode_of[i], segment));
        if (topic_of.back() != HiddenTopics::none) ++counts[topic_of.back()];
        stems.push_back(text::unique_stems(library.insights[i].text));
    }
    for (std::size_t topic = 0; topic < counts.size(); ++topic) {
        if (counts[topic] >= enough_to_care) speaking.push_back(topic);
    }
    ask_others();
    for (int day = 0; day < simulated_days; ++day) {
        Morning& now = mornings.emplace_back();
        now.at = first_day + day * 24h + morning;
        now.index = std::make_unique<index::MemoryIndex>();
        std::vector<briefs::Candidate> candidates;
        for (std::size_t i = 0; i < library.insights.size(); ++i) {
            const Insight& insight = library.insights[i];
            if (insight.published_at > now.at) continue;
            const std::string& show = library.episodes[library.episode_of[i]].request.podcast.title;
            now.index->put(insight, show);
            if (insight.published_at < now.at - looked_back) continue;
            now.insights.push_back(i);
            briefs::Candidate candidate;
            candidate.insight = insight;
            candidate.show = show;
            candidate.stems = stems[i];
            candidates.push_back(std::move(candidate));
        }
        now.pool = std::make_shared<const briefs::CandidatePool>(candidates);
    }
}

// Other people, who hear all that comes out the day it does.
void Town::ask_others() {
    constexpr std::size_t others = 200;
    constexpr std::size_t strangers = 100'000;  // their luck is their own
    likes.assign(library.insights.size(), 0);
    const auto people = draw_readers(topics, speaking, others, false, 77);
    for (std::size_t p = 0; p < people.size(); ++p) {
        for (std::size_t i = 0; i < library.insights.size(); ++i) {
            const auto reaction = react(people[p], strangers + p, library.insights[i].id.value, topic_of[i], 0);
            likes[i] += reaction == Reaction::like;
        }
    }
}

Result live(Town& town, const std::vector<SimulatedReader>& readers, const Maker& maker) {
    return Living(town, readers, maker).all_days();
}

}  // namespace podbrief::bot::quality
