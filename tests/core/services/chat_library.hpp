#pragma once
#include <boost/asio/io_context.hpp>
#include <string>
#include <vector>

#include "adapters/index/memory_index.hpp"
#include "core/services/composer.hpp"
#include "core/services/responder.hpp"
#include "tests/doubles/memory_store.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/run.hpp"

namespace podbrief::testing {

// One claim of the invented library.
struct Claim {
    std::string show;
    std::string speaker;
    std::string text;
    std::vector<std::string> topics;
    std::vector<std::string> entities = {};
    Stance stance = Stance::neutral;
    Modality modality = Modality::said;
    std::chrono::hours age{24};
    bool show_notes = false;
    bool timed = true;
    ClaimClusterId same_as = {};  // joins this cluster
};

// A server without network: store, index, composer and responder on a manual clock (Thursday, 12 March 2026, 07:00
// UTC). Every claim is an episode of its own.
class ChatLibrary {
public:
    // With `meaning`, insights are found by its vectors too.
    explicit ChatLibrary(const podbrief::search::TextVectors* meaning = nullptr);

    Insight add(const Claim& claim);
    void add_sample();  // ten shows that speak of chips, energy, cities and software
    Reader reader(const std::string& name, const std::string& zone = "UTC");
    Reply ask(const std::string& reader, const std::string& text);
    Brief brief(const std::string& reader);
    PodcastId show(const std::string& title);

    template <class T>
    T get(boost::asio::awaitable<T> work) {
        return run(context, std::move(work));
    }

    boost::asio::io_context context;
    ManualClock clock;
    MemoryStore store;
    index::MemoryIndex search;
    services::Composer composer{store, store, search, clock, context.get_executor()};

private:
    void follow_changes();
    std::int64_t seen_ = 0;
    int episodes_ = 0;
};

}  // namespace podbrief::testing
