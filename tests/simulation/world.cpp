#include "tests/simulation/world.hpp"

#include <filesystem>

namespace podbrief::testing {

void TraceLog::write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
    if (level == LogLevel::debug) return;
    text_ += fmt::format("{} {}", to_ms(clock_.wall_now()), event);
    for (const auto& [key, value] : fields) text_ += fmt::format(" {}={}", key, value);
    text_ += '\n';
}

void MemoryFiles::put(const std::string& path, std::string bytes, std::int64_t modified_ms) {
    files_[path] = {std::move(bytes), modified_ms};
}

asio::awaitable<Result<bool>> MemoryFiles::is_folder(std::string path) {
    if (files_.contains(path)) co_return false;
    const auto below = files_.lower_bound(path + "/");
    if (below != files_.end() && below->first.starts_with(path + "/")) co_return true;
    co_return Errc::not_found;
}

asio::awaitable<Result<std::vector<LocalFile>>> MemoryFiles::list(std::string folder) {
    std::vector<LocalFile> listed;
    for (const auto& [path, file] : files_) {
        if (!path.starts_with(folder + "/")) continue;
        listed.push_back({path, std::filesystem::path(path).filename().string(), file.bytes.size(), file.modified_ms});
    }
    co_return listed;
}

asio::awaitable<Result<std::string>> MemoryFiles::read(std::string path, std::size_t max_bytes) {
    const auto it = files_.find(path);
    if (it == files_.end()) co_return Errc::not_found;
    if (it->second.bytes.size() > max_bytes) co_return Errc::too_large;
    co_return it->second.bytes;
}

asio::awaitable<Result<std::string>> MemoryFiles::read_head(std::string path, std::size_t bytes) {
    const auto it = files_.find(path);
    if (it == files_.end()) co_return Errc::not_found;
    co_return it->second.bytes.substr(0, bytes);
}

services::PollerSettings World::default_polling() {
    services::PollerSettings settings;
    settings.limits = services::poll_limits(std::chrono::minutes{30});
    return settings;
}

// Nobody shares the store, so nobody need look often for what others left in it.
services::DeliveryWorker::Settings World::delivery_settings() {
    services::DeliveryWorker::Settings settings;
    settings.sending.longest_sleep = std::chrono::seconds{60};
    return settings;
}

World::World(std::uint64_t seed, services::PollerSettings polling, services::Pipeline::Settings reading)
    : random(seed),
      http(clock),
      log(clock),
      engine(io.get_executor(), reading.engine),
      indexer(store, index),
      poller({store, http, files, clock, random, log, metrics, io.get_executor()}, polling),
      pipeline({store, index, engine, http, files, indexer, clock, log, metrics, io.get_executor(), io.get_executor()},
               reading),
      subscriber(store, poller, files, clock),
      composer(store, store, index, clock, io.get_executor()),
      writer(store, store, composer, clock),
      delivery("world",
               {store, store, writer, nullptr, messengers, briefs::system_zones(), nullptr, clock, random, log, metrics,
                io.get_executor(), nullptr},
               delivery_settings()),
      tasks_(io.get_executor(), [this](const std::string& name, std::exception_ptr failure) {
          try {
              if (failure) std::rethrow_exception(failure);
          } catch (const std::exception& error) {
              died_ += name + ": " + error.what() + "\n";
          }
      }) {}

World::~World() {
    stop();
}

void World::start() {
    tasks_.spawn("poller", poller.run([this] { pipeline.wake(); }));
    tasks_.spawn("pipeline", pipeline.run());
    tasks_.spawn("delivery", delivery.run());
    settle();
}

void World::stop() {
    tasks_.request_stop();
    settle();
}

void World::settle() {
    io.restart();
    io.poll();
}

void World::run_for(Millis time) {
    const SteadyTime end = clock.steady_now() + time;
    settle();
    while (clock.next_due() && *clock.next_due() <= end) {
        clock.advance_to_next();
        settle();
    }
    clock.advance(end - clock.steady_now());
    settle();
}

}  // namespace podbrief::testing
