#pragma once
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <optional>
#include <string_view>

#include "adapters/web/operator_view.hpp"
#include "bot/app.hpp"
#include "bot/platforms.hpp"

namespace podbrief::bot {

// What this process knows of how things stand: its platforms, what models cost today, index and memory. Both must
// outlive what is given.
std::function<asio::awaitable<web::OperatorFacts>()> operator_facts(App& app, const Platforms& platforms);

// Of a gauge in what /metrics shows; nullopt: it was never set.
std::optional<double> gauge_in(std::string_view metrics, std::string_view name);

}  // namespace podbrief::bot
