#include "bot/quality/hidden_topics.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

#include "core/ports/random.hpp"
#include "core/text/unicode.hpp"
#include "core/text/words.hpp"

namespace podbrief::bot::quality {
namespace {

constexpr int rounds = 25;
constexpr double least_alike = 0.12;  // to the middle of its group; below: small talk
constexpr std::size_t least_episodes = 6;
constexpr double commonest = 0.08;  // share of the stretches; words that are in more tell nothing
constexpr std::size_t rarest = 8;   // stretches
constexpr std::size_t names_of_topic = 3;

using Weights = std::vector<std::pair<std::size_t, double>>;  // by word; length 1

struct Stretch {
    std::size_t episode = 0;
    std::map<std::string, int> stems;
    Weights weights;
    std::size_t group = 0;
    double alike = 0;
};

// Stretches of talk, adverts left out; `at` takes the stretch in which each segment begins.
std::vector<Stretch> stretches_of(const std::vector<TalkEpisode>& episodes, std::size_t words_of_stretch,
                                  std::vector<std::vector<std::size_t>>& at) {
    std::vector<Stretch> all;
    for (std::size_t e = 0; e < episodes.size(); ++e) {
        std::size_t words = words_of_stretch;
        at.emplace_back();
        for (const Segment& segment : episodes[e].request.transcript.segments) {
            if (words >= words_of_stretch) {
                all.emplace_back().episode = e;
                words = 0;
            }
            at.back().push_back(all.size() - 1);
            if (segment.kind != SegmentKind::speech) continue;
            for (std::string& stem : text::stems(segment.text)) ++all.back().stems[std::move(stem)];
            words += text::words(segment.text).size();
        }
    }
    return all;
}

// Gives each stretch its weights: of its words that are neither everywhere nor nearly nowhere. Returns how many words.
std::size_t weigh(std::vector<Stretch>& stretches) {
    std::unordered_map<std::string, std::size_t> frequency;
    for (const Stretch& one : stretches) {
        for (const auto& [stem, count] : one.stems) ++frequency[stem];
    }
    const auto all = static_cast<double>(stretches.size());
    std::map<std::string, std::size_t> numbers;  // sorted: the same on every machine
    for (const auto& [stem, count] : frequency) {
        if (count >= rarest && static_cast<double>(count) <= commonest * all) numbers.emplace(stem, 0);
    }
    std::size_t next = 0;
    for (auto& [stem, number] : numbers) number = next++;
    for (Stretch& one : stretches) {
        double squares = 0;
        for (const auto& [stem, count] : one.stems) {
            const auto known = numbers.find(stem);
            if (known == numbers.end()) continue;
            const double weight = (1 + std::log(count)) * std::log(all / static_cast<double>(frequency[stem]));
            one.weights.emplace_back(known->second, weight);
            squares += weight * weight;
        }
        for (auto& [word, weight] : one.weights) weight /= std::sqrt(squares);
    }
    return numbers.size();
}

double product(const Weights& sparse, const std::vector<double>& dense) {
    double sum = 0;
    for (const auto& [word, weight] : sparse) sum += weight * dense[word];
    return sum;
}

// Spherical k-means; begins with stretches that are far from each other.
void group(std::vector<Stretch>& stretches, std::size_t words, std::size_t groups, std::uint64_t seed) {
    std::vector<std::vector<double>> middles;
    Random chance(seed);
    std::vector<double> nearest(stretches.size(), 0);
    for (std::size_t k = 0; k < groups; ++k) {
        // The next one: by chance, the likelier the less it is like those before.
        double sum = 0;
        for (const double near : nearest) sum += (1 - near) * (1 - near);
        double left = chance.unit() * sum;
        std::size_t chosen = 0;
        while (chosen + 1 < stretches.size()) {
            left -= (1 - nearest[chosen]) * (1 - nearest[chosen]);
            if (left < 0) break;
            ++chosen;
        }
        middles.emplace_back(words, 0.0);
        for (const auto& [word, weight] : stretches[chosen].weights) middles.back()[word] = weight;
        for (std::size_t i = 0; i < stretches.size(); ++i) {
            nearest[i] = std::max(nearest[i], product(stretches[i].weights, middles.back()));
        }
    }
    for (int round = 0; round < rounds; ++round) {
        for (Stretch& one : stretches) {
            one.alike = -1;
            for (std::size_t k = 0; k < groups; ++k) {
                const double alike = product(one.weights, middles[k]);
                if (alike > one.alike) {
                    one.alike = alike;
                    one.group = k;
                }
            }
        }
        for (auto& middle : middles) std::fill(middle.begin(), middle.end(), 0.0);
        for (const Stretch& one : stretches) {
            for (const auto& [word, weight] : one.weights) middles[one.group][word] += weight;
        }
        for (auto& middle : middles) {
            double squares = 0;
            for (const double weight : middle) squares += weight * weight;
            if (squares > 0) {
                for (double& weight : middle) weight /= std::sqrt(squares);
            }
        }
    }
}

// The words that the makers of the shows wrote over things: titles of episodes and chapters, texts of links.
std::set<std::string> words_of_makers(const std::vector<TalkEpisode>& episodes) {
    std::set<std::string> names;
    auto take = [&](std::string_view line) {
        std::string before;
        for (const text::ByteRange& range : text::words(line)) {
            std::string word = text::fold(range.in(line));
            if (text::is_stop_word(word) || word.size() < 2) {
                before.clear();
                continue;
            }
            if (word.size() > 2) names.insert(word);
            if (!before.empty()) names.insert(before + " " + word);
            before = std::move(word);
        }
    };
    for (const TalkEpisode& one : episodes) {
        take(one.request.episode.title);
        for (const Chapter& chapter : one.request.episode.chapters) take(chapter.title);
        const std::string& notes = one.request.episode.notes;
        for (auto begin = notes.find('['); begin != std::string::npos; begin = notes.find('[', begin + 1)) {
            const auto end = notes.find("](", begin);
            if (end == std::string::npos) break;
            take(std::string_view(notes).substr(begin + 1, end - begin - 1));
        }
    }
    return names;
}

}  // namespace

HiddenTopics::HiddenTopics(const std::vector<TalkEpisode>& episodes, const Grouping& grouping) {
    const std::size_t groups = grouping.groups;
    std::vector<Stretch> stretches = stretches_of(episodes, grouping.words_of_stretch, at_);
    group(stretches, weigh(stretches), groups, grouping.seed);

    std::vector<std::set<std::size_t>> speaking(groups);
    std::vector<std::size_t> sizes(groups, 0);
    std::map<std::string, std::vector<std::size_t>, std::less<>> with_stem;
    for (std::size_t i = 0; i < stretches.size(); ++i) {
        for (const auto& [stem, count] : stretches[i].stems) with_stem[stem].push_back(i);
        if (stretches[i].alike < least_alike) continue;
        speaking[stretches[i].group].insert(stretches[i].episode);
        ++sizes[stretches[i].group];
    }

    // How well each name tells each group: the F measure of "the name is said" for "it is of the group".
    std::vector<std::vector<std::pair<double, std::string>>> telling(groups);
    for (const std::string& name : words_of_makers(episodes)) {
        std::vector<std::size_t> said;
        bool first = true;
        for (const std::string& stem : text::stems(name)) {
            const std::vector<std::size_t>& with = with_stem[stem];
            std::vector<std::size_t> both;
            std::set_intersection(said.begin(), said.end(), with.begin(), with.end(), std::back_inserter(both));
            said = first ? with : both;
            first = false;
        }
        if (said.size() < rarest) continue;
        std::vector<double> within(groups, 0);
        for (const std::size_t i : said) {
            if (stretches[i].alike >= least_alike) ++within[stretches[i].group];
        }
        for (std::size_t k = 0; k < groups; ++k) {
            if (within[k] < 5) continue;
            const double precision = within[k] / static_cast<double>(said.size());
            const double recall = within[k] / static_cast<double>(sizes[k]);
            telling[k].emplace_back(2 * precision * recall / (precision + recall), name);
        }
    }

    std::vector<std::size_t> number(groups, none);
    for (std::size_t k = 0; k < groups; ++k) {
        auto& names = telling[k];
        if (speaking[k].size() < least_episodes || names.empty()) continue;
        std::sort(names.begin(), names.end(), [](const auto& a, const auto& b) {
            return a.first != b.first ? a.first > b.first : a.second < b.second;
        });
        number[k] = topics_.size();
        HiddenTopic& topic = topics_.emplace_back();
        topic.stretches = sizes[k];
        topic.episodes = speaking[k].size();
        for (const auto& [value, name] : names) {
            const auto stems = text::unique_stems(name);
            const bool same = std::any_of(topic.names.begin(), topic.names.end(), [&](const std::string& known) {
                return text::jaccard(text::unique_stems(known), stems) >= 1;
            });
            if (!same && topic.names.size() < names_of_topic) topic.names.push_back(name);
        }
    }
    for (auto& episode : at_) {
        for (std::size_t& place : episode) {
            const Stretch& one = stretches[place];
            place = one.alike < least_alike ? none : number[one.group];
        }
    }
}

}  // namespace podbrief::bot::quality
