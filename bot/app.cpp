#include "bot/app.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <cstdlib>

#include "adapters/http/client.hpp"
#include "adapters/index/snapshot_file.hpp"
#include "adapters/sqlite/database.hpp"
#include "adapters/system/run_record_file.hpp"
#include "adapters/system/spd_log.hpp"
#include "bot/embeddings.hpp"
#include "bot/exit_codes.hpp"
#include "bot/model.hpp"
#include "bot/transcription.hpp"
#include "core/briefs/zones.hpp"
#include "core/insights/built_in_engine.hpp"

namespace podbrief::bot {
namespace {

net::ClientOptions client_options(const Settings& settings) {
    net::ClientOptions options;
    options.user_agent = settings.network.user_agent;
    options.extra_ca_file = settings.network.ca_file;
    for (const auto& text : settings.network.allow) {
        const auto network = net::parse_network(text);
        if (!network) throw ExitError(exit_config, "network.allow: " + network.error().message);
        options.egress.allowed.push_back(*network);
    }
    return options;
}

std::unique_ptr<net::Client> make_client(asio::any_io_executor io, Clock& clock, net::Resolver& resolver,
                                         const Settings& settings, net::PoolLimits limits = {}) {
    auto options = client_options(settings);
    options.pool = limits;
    try {
        return std::make_unique<net::Client>(std::move(io), clock, resolver, std::move(options));
    } catch (const std::runtime_error& error) {
        throw ExitError(exit_config, fmt::format("network.ca_file: {}", error.what()));
    }
}

// Lanes send side by side to one host, and long polls hold a connection each.
net::PoolLimits for_platforms() {
    net::PoolLimits limits;
    limits.per_host = 64;
    limits.idle = 128;
    return limits;
}

// To the model's address alone, which the operator set and no feed can change: on any network, at any port.
std::unique_ptr<HttpClient> make_model_client(asio::any_io_executor io, Clock& clock, net::Resolver& resolver,
                                              Settings settings) {
    settings.network.allow = {"0.0.0.0/0", "::/0"};
    net::PoolLimits limits;
    limits.per_host = 16;
    return make_client(std::move(io), clock, resolver, settings, limits);
}

std::optional<crypto::SecretBox> secret_box_of(const Settings& settings) {
    if (settings.secrets.keys.empty()) return std::nullopt;
    return crypto::SecretBox(settings.secrets.keys);
}

std::unique_ptr<sqlite::Database> open_store(asio::any_io_executor io, const Settings& settings, StoreUse use) {
    const auto folder = settings.store.path.parent_path();
    std::error_code error;
    if (!folder.empty()) std::filesystem::create_directories(folder, error);
    if (error) {
        throw ExitError(exit_cannot_create,
                        fmt::format("cannot make the data folder {}: {}; choose another with --data", folder.string(),
                                    error.message()));
    }
    sqlite::Database::Options options;
    options.path = settings.store.path;
    options.exclusive = use == StoreUse::alone;
    return sqlite::Database::open(std::move(io), options);
}

services::PollerSettings poller_settings(const Settings& settings) {
    services::PollerSettings s;
    s.limits = services::poll_limits(settings.polling.interval);
    s.parallel = settings.polling.parallel;
    s.first_episodes = settings.polling.first_episodes;
    s.deadline = settings.network.deadline;
    s.max_body_bytes = settings.network.max_body_mib << 20;
    return s;
}

insights::EngineSettings engine_settings(const Settings& settings) {
    insights::EngineSettings s;
    s.per_episode = settings.insights.per_episode;
    return s;
}

services::Pipeline::Settings pipeline_settings(const Settings& settings) {
    services::Pipeline::Settings s;
    s.parallel = settings.transcripts.parallel;
    s.wait_for_transcript = settings.transcripts.wait;
    s.engine = engine_settings(settings);
    s.fetch.deadline = settings.network.deadline;
    s.transcribe_after = settings.transcription.wait;
    return s;
}

// Another one after every start, so that what a former one left is told from what is under way.
std::string worker_name(Random& random) {
    return fmt::format("{}-{}-{:06x}", system::host_name(), system::process_id(), random.below(1 << 24));
}

std::filesystem::path beside(std::filesystem::path store, const char* extension) {
    return store += extension;
}

}  // namespace

App::App(Settings settings, StoreUse use, services::DeliveryWorker::Settings delivery)
    : settings_(std::move(settings)),
      random_(system::random_seed()),
      log_(std::make_unique<system::SpdLog>(settings_.log.level,
                                            settings_.log.json ? system::LogFormat::json : system::LogFormat::text,
                                            system::errors_are_terminal())),
      pool_(system::core_count()),
      files_(pool_.executor()),
      database_(open_store(executor(), settings_, use)),
      resolver_(std::make_unique<net::SystemResolver>(executor())),
      http_(make_client(executor(), clock_, *resolver_, settings_)),
      platform_client_(make_client(executor(), clock_, *resolver_, settings_, for_platforms())),
      secret_box_(secret_box_of(settings_)),
      engine_(std::make_unique<insights::BuiltInEngine>(pool_.executor(), engine_settings(settings_))) {
    const bool writes = settings_.model.provider != Settings::Model::Provider::none;
    const bool hears = settings_.transcription.provider != Settings::Transcription::Provider::none;
    const bool embeds = settings_.embeddings.provider != Settings::Embeddings::Provider::none;
    if (writes || hears || embeds) model_client_ = make_model_client(executor(), clock_, *resolver_, settings_);
    if (hears && use == StoreUse::alone) {
        Transcription::Ports hearing{*model_client_, *http_, library(), outbox(),   clock_,
                                     random_,        *log_,  metrics_,  executor(), pool_.executor()};
        transcription_ = Transcription::of(settings_, std::move(hearing));
    }
    if (writes) {
        Model::Ports asking{*model_client_, outbox(), *engine_, clock_, random_, *log_, metrics_, pool_.executor()};
        const std::string note = std::string(spending_note) + (use == StoreUse::alone ? "" : "_beside");
        model_ = std::make_unique<Model>(settings_.model, engine_settings(settings_), std::move(asking), note);
    }
    InsightEngine& engine = model_ ? model_->engine() : *engine_;
    index_snapshot_ =
        std::make_unique<index::SnapshotFile>(pool_.executor(), beside(settings_.store.path, ".index"), index_);
    indexer_ = std::make_unique<services::Indexer>(library(), index_, index_snapshot_.get());
    services::RelationJudge::Ports judging{library(),
                                           database_->relations(),
                                           outbox(),
                                           index_,
                                           model_ ? &model_->metered() : nullptr,
                                           clock_,
                                           *log_,
                                           metrics_,
                                           executor()};
    services::RelationJudge::Settings judge;
    judge.prompts = settings_.model.prompts;
    judge_ = std::make_unique<services::RelationJudge>(std::move(judging), std::move(judge));
    indexer_->tell(people_);
    indexer_->tell(acronyms_);
    // Programs that answer one question and end go by the built-in vectors: loading the others would take longer.
    if (embeds && use == StoreUse::alone) {
        Embeddings::Ports embedding{*model_client_, library(), database_->vectors(), outbox(),        index_, clock_,
                                    *log_,          metrics_,  executor(),           pool_.executor()};
        embeddings_ = std::make_unique<Embeddings>(settings_.embeddings, std::move(embedding));
        indexer_->tell(embeddings_->indexer());
    }
    services::TalkIndexer::Settings spoken;
    spoken.most_episodes = settings_.search.spoken_episodes;
    spoken.when_asked = true;  // until a server fills it in the background
    talks_ = std::make_unique<services::TalkIndexer>(library(), talk_index_, clock_, *log_, executor(),
                                                     pool_.executor(), spoken);
    talks_->tell(acronyms_);
    if (talks_->is_on()) indexer_->tell(*talks_);
    services::Lookup::Ports looking{library(), *indexer_, index_, *talks_, pool_.executor()};
    lookup_ = std::make_unique<services::Lookup>(std::move(looking), engine_settings(settings_));
    services::Poller::Ports polling{library(), *http_, files_, clock_, random_, *log_, metrics_, pool_.executor()};
    poller_ = std::make_unique<services::Poller>(std::move(polling), poller_settings(settings_));
    services::Pipeline::Ports reading{library(), index_, engine,   *http_,     files_,          *indexer_,
                                      clock_,    *log_,  metrics_, executor(), pool_.executor()};
    if (transcription_) reading.transcription = &transcription_->desk();
    pipeline_ = std::make_unique<services::Pipeline>(std::move(reading), pipeline_settings(settings_));
    subscriber_ = std::make_unique<services::Subscriber>(library(), *poller_, files_, clock_);
    composer_ = std::make_unique<services::Composer>(library(), readers(), index_, clock_, pool_.executor());
    responder_ = std::make_unique<services::Responder>(library(), readers(), index_, *composer_, clock_,
                                                       subscriber_.get(), pool_.executor());
    responder_->use(database_->relations());
    responder_->use(*lookup_);
    responder_->use(people_);
    responder_->use(acronyms_.all());
    if (embeddings_) responder_->use(embeddings_->meanings());
    private_pages_ =
        std::make_unique<services::PrivatePages>(database_->keys(), outbox(), clock_, [this] { return site(); });
    responder_->use(*private_pages_);
    writer_ = std::make_unique<services::ComposerWriter>(library(), readers(), *composer_, clock_);
    run_record_ = std::make_unique<system::RunRecordFile>(pool_.executor(), beside(settings_.store.path, ".seen"));
    services::DeliveryWorker::Ports delivering{
        outbox(),          readers(), *writer_, nullptr, messengers_, briefs::system_zones(),
        run_record_.get(), clock_,    random_,  *log_,   metrics_,    executor()};
    delivery.alone = use == StoreUse::alone;
    const std::string worker = worker_name(random_);
    delivery_ = std::make_unique<services::DeliveryWorker>(worker, std::move(delivering), delivery);
    services::Reception::Ports receiving{
        inbox(),   accounts(), tenants(),   outbox(),    readers(),
        library(), index_,     *responder_, messengers_, frontends_,
        clock_,    *log_,      metrics_,    executor(),  [this] { delivery_->wake(); }};
    services::Reception::Settings reception;
    reception.alone = use == StoreUse::alone;
    reception.who_may_change =
        settings_.channels.admins_only ? services::WhoMayChange::admins : services::WhoMayChange::anyone;
    reception_ = std::make_unique<services::Reception>(worker, std::move(receiving), reception);
}

App::~App() = default;

void App::adopt_platforms(const Settings& from) {
    settings_.server.public_url = from.server.public_url;
    settings_.slack = from.slack;
    settings_.telegram = from.telegram;
    settings_.discord = from.discord;
}

LibraryStore& App::library() {
    return database_->library();
}
ReaderStore& App::readers() {
    return database_->readers();
}
OutboxStore& App::outbox() {
    return database_->outbox();
}
InboxStore& App::inbox() {
    return database_->inbox();
}
AccountStore& App::accounts() {
    return database_->accounts();
}
TenantStore& App::tenants() {
    return database_->tenants();
}
KeyStore& App::keys() {
    return database_->keys();
}
std::string App::site() const {
    const Settings::Server& server = settings_.server;
    if (server.listen.empty()) return {};
    if (!server.public_url.empty()) return server.public_url;
    return (server.certificate_file.empty() ? "http://" : "https://") + server.listen;
}
HttpClient& App::platform_http() {
    return *platform_client_;
}
WebSocketClient& App::sockets() {
    return *platform_client_;
}

int App::run(asio::awaitable<int> work, int when_stopped) {
    int code = exit_ok;
    std::exception_ptr failure;
    asio::cancellation_signal stop;
    asio::signal_set signals(context_, SIGINT, SIGTERM);
    std::function<void(boost::system::error_code, int)> on_signal;
    bool stopping = false;
    on_signal = [&](boost::system::error_code error, int) {
        if (error) return;
        if (stopping) std::_Exit(128 + SIGINT);  // asked twice: the store survives it
        stopping = true;
        stop.emit(asio::cancellation_type::terminal);
        signals.async_wait(on_signal);
    };
    signals.async_wait(on_signal);
    asio::co_spawn(context_, std::move(work),
                   asio::bind_cancellation_slot(stop.slot(), [&](std::exception_ptr e, int c) {
                       failure = e;
                       code = c;
                       signals.cancel();
                   }));
    context_.run();
    if (!failure) return code;
    try {
        std::rethrow_exception(failure);
    } catch (const boost::system::system_error& error) {
        if (error.code() == asio::error::operation_aborted && stopping) return when_stopped;
        throw;
    }
}

}  // namespace podbrief::bot
