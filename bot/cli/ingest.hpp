#pragma once
#include "bot/app.hpp"
#include "bot/cli/progress.hpp"

namespace podbrief::bot {

// Polls what is due and reads what can be read, until nothing is left to do now.
asio::awaitable<void> ingest_once(App& app, Progress& progress);

}  // namespace podbrief::bot
