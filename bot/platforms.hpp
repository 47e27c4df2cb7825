#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "bot/app.hpp"
#include "core/async/until_first_ends.hpp"
#include "core/ports/platform.hpp"

namespace podbrief::bot {

// The platforms that the settings turn on. The one place that knows which there are.
class Platforms {
public:
    struct Entry {
        std::string name;  // Destination::platform
        std::string mode;  // "polling", "http" ...; for people
        Messenger* messenger = nullptr;
        Frontend* frontend = nullptr;
        std::vector<WebRoute> routes;
        std::function<std::string()> bot_name;  // for links to its bot; gives "" until known; empty: there are none
        std::function<asio::awaitable<void>()> run;
        std::function<asio::awaitable<std::vector<Finding>>()> check;
        std::function<asio::awaitable<std::vector<Finding>>()> setup;  // empty: nothing to be set up from here
        std::shared_ptr<void> held;
    };

    // Puts their messengers and frontends into the app. Throws ExitError for settings that do not go together.
    // `intake`: where they bring what came in; null: to the app's reception.
    explicit Platforms(App& app, Intake* intake = nullptr);
    ~Platforms();
    Platforms(const Platforms&) = delete;
    Platforms& operator=(const Platforms&) = delete;

    const std::vector<Entry>& entries() const { return entries_; }
    const Entry* named(const std::string& name) const;  // nullptr: not turned on
    std::vector<WebRoute> routes() const;
    void add_tasks(std::vector<NamedTask>& tasks) const;

    static const std::vector<std::string>& names();  // of all there are

private:
    App& app_;
    std::vector<Entry> entries_;
};

}  // namespace podbrief::bot
