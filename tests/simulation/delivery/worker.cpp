#include "tests/simulation/delivery/worker.hpp"

namespace podbrief::testing {

PlatformModel& Platforms::of(const std::string& platform) {
    for (PlatformModel* model : all()) {
        if (model->platform() == platform) return *model;
    }
    throw std::out_of_range(platform);
}

services::DeliveryWorker::Settings simulated_settings(bool alone) {
    services::DeliveryWorker::Settings settings;
    settings.alone = alone;
    settings.planning.longest_sleep = std::chrono::minutes{10};
    settings.composing.longest_sleep = std::chrono::minutes{10};
    settings.correcting.poll = std::chrono::minutes{10};
    settings.sending.lane.poll = Millis{5'000};
    settings.sending.longest_sleep = std::chrono::minutes{5};
    settings.housekeeping = std::chrono::hours{1};
    return settings;
}

OutgoingMessage WatchedMessenger::watched(OutgoingMessage message) {
    auto check = std::move(message.may_begin);
    message.may_begin = [this, check = std::move(check), key = message.key] {
        if (check && !check()) return false;
        watch_(key);
        return true;
    };
    return message;
}

Line Worker::line(Trouble& trouble) {
    Line line{wrapped_clock_ ? *wrapped_clock_ : static_cast<Clock&>(clock_), world_.clock, trouble, {}};
    line.hook = [this](std::string_view op, Phase phase) {
        static constexpr const char* moments[] = {"before first byte", "half written", "written", "answered"};
        // The operations' names are literals.
        return process_.pass(op.data(), moments[static_cast<int>(phase)]);
    };
    return line;
}

Worker::Worker(World world, Options options)
    : world_(world),
      process_(world.io, options.name),
      clock_(world.clock, process_),
      wrapped_clock_(world.wrapping.clock ? world.wrapping.clock(clock_) : nullptr),
      random_(options.seed),
      outbox_(world.outbox, process_, world.clock),
      wrapped_outbox_(world.wrapping.outbox ? world.wrapping.outbox(outbox_, process_, world.clock) : nullptr),
      slack_(world.platforms.slack, line(world.trouble)),
      discord_(world.platforms.discord, line(world.trouble)),
      telegram_(world.platforms.telegram, line(world.trouble),
                options.telegram_fast ? TelegramMessenger::Mode::fast : TelegramMessenger::Mode::strict),
      wrapped_zones_(world.wrapping.zones ? world.wrapping.zones(world.zones) : nullptr),
      writer_(clock_, random_, process_, options.writer_fails),
      fallback_(clock_, random_, process_, 0),
      wrapped_writer_(world.wrapping.writer ? world.wrapping.writer(writer_) : nullptr),
      tasks_(world.io, [this](const std::string&, std::exception_ptr thrown) {
          if (!thrown || process_.dead()) return;
          try {
              std::rethrow_exception(thrown);
          } catch (const std::exception& error) {
              failure_ = error.what();
          } catch (...) {
              failure_ = "something that is no exception";
          }
      }) {
    for (Messenger* messenger :
         {static_cast<Messenger*>(&slack_), static_cast<Messenger*>(&discord_), static_cast<Messenger*>(&telegram_)}) {
        auto watch = [this](const std::string& key) { world_.on_leaving(process_, key); };
        wrapped_messengers_.push_back(std::make_unique<WatchedMessenger>(*messenger, std::move(watch)));
        messenger = wrapped_messengers_.back().get();
        if (world.wrapping.messenger) {
            wrapped_messengers_.push_back(world.wrapping.messenger(*messenger, process_));
            messenger = wrapped_messengers_.back().get();
        }
        messengers_[messenger->traits().platform] = messenger;
    }
    services::DeliveryWorker::Settings settings = options.settings;
    if (world.wrapping.settings) world.wrapping.settings(settings);
    OutboxStore& outbox = wrapped_outbox_ ? *wrapped_outbox_ : static_cast<OutboxStore&>(outbox_);
    services::DeliveryWorker::Ports ports{
        outbox,
        world.readers,
        wrapped_writer_ ? *wrapped_writer_ : static_cast<services::BriefWriter&>(writer_),
        &fallback_,
        messengers_,
        wrapped_zones_ ? *wrapped_zones_ : world.zones,
        world.record,
        wrapped_clock_ ? *wrapped_clock_ : static_cast<Clock&>(clock_),
        random_,
        world.log,
        metrics_,
        world.io};
    services_ = std::make_unique<services::DeliveryWorker>(process_.name(), std::move(ports), settings);
}

void Worker::start() {
    tasks_.spawn(process_.name(), services_->run());
}

void Worker::kill() {
    process_.kill();
    tasks_.request_stop();
}

}  // namespace podbrief::testing
