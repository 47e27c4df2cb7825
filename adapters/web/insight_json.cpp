#include "adapters/web/insight_json.hpp"

#include <nlohmann/json.hpp>

#include "adapters/web/addresses.hpp"
#include "adapters/web/http_date.hpp"
#include "adapters/web/insight_view.hpp"
#include "core/commands/reply_builder.hpp"

namespace podbrief::web {
namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const Json& json) {
    return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json or_null(std::string text) {
    return text.empty() ? Json(nullptr) : Json(std::move(text));
}

Json insight(const InsightDetail& detail, std::string_view site) {
    const Insight& one = detail.insight;
    const InsightCard card = commands::card_of(detail, 0);
    const bool timed = one.origin != InsightOrigin::show_notes;
    Json json;
    json["id"] = one.id.value;
    json["url"] = std::string(site) + insight_path(one);
    json["claim"] = one.text;
    json["quote"] = one.quote;
    json["speaker"] = or_null(one.speaker);
    json["role"] = or_null(role_of(detail));
    json["modality"] = to_string(one.modality);
    json["origin"] = to_string(one.origin);
    json["show"]["title"] = detail.show;
    json["show"]["url"] = std::string(site) + show_path(one.podcast, detail.show);
    json["episode"]["title"] = detail.episode_title;
    json["published_at"] = iso_time(one.published_at);
    json["start_s"] = timed ? Json(static_cast<double>(one.start.count()) / 1000) : Json(nullptr);
    json["end_s"] = timed ? Json(static_cast<double>(one.end.count()) / 1000) : Json(nullptr);
    json["time_is_approximate"] = card.time_is_approximate;
    json["listen_url"] = or_null(card.link);
    json["topics"] = one.topics;
    json["independent_sources"] = card.sources;
    return json;
}

Json relation_of(const services::FoundInsight& found) {
    return found.relation ? Json(std::string(to_string(*found.relation))) : Json(nullptr);
}

}  // namespace

std::string insight_document(const InsightDetail& detail, const std::vector<services::FoundInsight>& related,
                             std::string_view site) {
    Json json = insight(detail, site);
    json["related"] = Json::array();
    for (const services::FoundInsight& found : related) {
        Json one;
        one["relation"] = relation_of(found);
        one["id"] = found.detail.insight.id.value;
        one["url"] = std::string(site) + insight_path(found.detail.insight);
        one["claim"] = found.detail.insight.text;
        json["related"].push_back(std::move(one));
    }
    return text_of(json);
}

std::string search_document(const SearchResults& results, std::string_view site) {
    const services::InsightFinder::OnTopic& found = results.found;
    Json json;
    json["query"] = results.query;
    json["topic"] = found.topic;
    json["note"] = or_null(found.note);
    json["narrowed"] = or_null(found.narrowed);
    json["not_narrowed"] = or_null(found.not_narrowed);
    json["unknown"] = found.unknown;
    json["total"] = found.insights.size();
    json["page"] = results.page;
    json["next"] = results.next.empty() ? Json(nullptr) : Json(std::string(site) + results.next);
    json["results"] = Json::array();
    for (std::size_t i = results.first; i < results.first + results.count; ++i) {
        Json one = insight(found.insights[i].detail, site);
        one["relation"] = relation_of(found.insights[i]);
        json["results"].push_back(std::move(one));
    }
    return text_of(json);
}

}  // namespace podbrief::web
