#pragma once
#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>

#include "adapters/index/memory_index.hpp"
#include "adapters/index/talk_index.hpp"
#include "adapters/system/disk_files.hpp"
#include "adapters/system/machine.hpp"
#include "adapters/system/prometheus_metrics.hpp"
#include "adapters/system/real_clock.hpp"
#include "bot/settings.hpp"
#include "core/crypto/secret_box.hpp"
#include "core/ports/account_store.hpp"
#include "core/ports/http_client.hpp"
#include "core/ports/inbox_store.hpp"
#include "core/ports/insight_engine.hpp"
#include "core/ports/key_store.hpp"
#include "core/ports/library_store.hpp"
#include "core/ports/outbox_store.hpp"
#include "core/ports/random.hpp"
#include "core/ports/reader_store.hpp"
#include "core/ports/run_record.hpp"
#include "core/ports/tenant_store.hpp"
#include "core/ports/web_socket.hpp"
#include "core/services/catalogue.hpp"
#include "core/services/composer.hpp"
#include "core/services/composer_writer.hpp"
#include "core/services/delivery_worker.hpp"
#include "core/services/indexer.hpp"
#include "core/services/known_acronyms.hpp"
#include "core/services/known_people.hpp"
#include "core/services/lookup.hpp"
#include "core/services/pipeline.hpp"
#include "core/services/poller.hpp"
#include "core/services/private_pages.hpp"
#include "core/services/reception.hpp"
#include "core/services/relation_judge.hpp"
#include "core/services/responder.hpp"
#include "core/services/subscriber.hpp"
#include "core/services/talk_indexer.hpp"

namespace podbrief::sqlite {
class Database;
}
namespace podbrief::net {
class Client;
class Resolver;
}  // namespace podbrief::net

namespace podbrief::bot {

class Embeddings;
class Model;
class Transcription;

// Who may use the store meanwhile.
enum class StoreUse {
    alone,     // the one server (or ingest) of this store
    together,  // beside a running server: asks, briefs
};

// The composition root: builds the adapters, hands them to the services, runs the I/O thread. Nothing below it builds
// its own adapters.
class App {
public:
    // Opens the store; throws StoreFailure. `delivery`: what is not for people to set; its `alone` follows from `use`.
    App(Settings settings, StoreUse use, services::DeliveryWorker::Settings delivery = {});
    ~App();
    App(const App&) = delete;
    App& operator=(const App&) = delete;

    // Runs `work` and all it spawns to the end, on this thread, and returns its value. SIGINT and SIGTERM cancel it
    // (it ends with operation_aborted, which gives `when_stopped`); a second signal ends the process at once.
    int run(asio::awaitable<int> work, int when_stopped);

    asio::io_context& context() { return context_; }
    asio::any_io_executor executor() { return context_.get_executor(); }
    asio::any_io_executor workers() { return pool_.executor(); }
    const Settings& settings() const { return settings_; }
    std::string site() const;  // where our web pages are: server.public_url, else http://<listen>; empty: nowhere
    // Takes slack, telegram, discord and server.public_url from there; before Platforms are made of them.
    void adopt_platforms(const Settings& from);
    Clock& clock() { return clock_; }
    Random& random() { return random_; }
    Log& log() { return *log_; }
    system::PrometheusMetrics& metrics() { return metrics_; }
    LocalFiles& files() { return files_; }
    HttpClient& http() { return *http_; }  // for podcasts: polite to each host
    HttpClient& platform_http();           // for platforms: many calls to one host
    WebSocketClient& sockets();
    const crypto::SecretBox* secret_box() const { return secret_box_ ? &*secret_box_ : nullptr; }  // null: no keys set
    sqlite::Database& database() { return *database_; }
    LibraryStore& library();
    ReaderStore& readers();
    OutboxStore& outbox();
    InboxStore& inbox();
    AccountStore& accounts();
    TenantStore& tenants();
    KeyStore& keys();
    services::PrivatePages& private_pages() { return *private_pages_; }
    index::MemoryIndex& index() { return index_; }
    const services::KnownPeople& people() const { return people_; }
    const search::Acronyms& acronyms() const { return acronyms_.all(); }
    services::Catalogue& catalogue() { return catalogue_; }  // knows nothing unless the indexer tells it

    Model* model() { return model_.get(); }                          // null: none is set
    Transcription* transcription() { return transcription_.get(); }  // null: none is set, or there is no ffmpeg
    Embeddings* embeddings() { return embeddings_.get(); }           // null: none is set, or not for this process
    HttpClient* model_http() { return model_client_.get(); }         // null: no model is set
    services::RelationJudge& judge() { return *judge_; }
    services::Indexer& indexer() { return *indexer_; }
    services::TalkIndexer& talks() { return *talks_; }
    services::Poller& poller() { return *poller_; }
    services::Pipeline& pipeline() { return *pipeline_; }
    services::Subscriber& subscriber() { return *subscriber_; }
    services::Composer& composer() { return *composer_; }
    services::Responder& responder() { return *responder_; }
    // The platforms that briefs are sent to. Whoever makes the App fills it before `run`, and keeps what is in it.
    services::Messengers& messengers() { return messengers_; }
    services::DeliveryWorker& delivery() { return *delivery_; }
    services::Frontends& frontends() { return frontends_; }
    services::Reception& reception() { return *reception_; }

private:
    Settings settings_;
    asio::io_context context_{1};
    system::RealClock clock_;
    Random random_;
    std::unique_ptr<Log> log_;
    system::PrometheusMetrics metrics_;
    index::MemoryIndex index_{&search::built_in_vectors()};  // outlives the pool, which may be saving it
    system::WorkerPool pool_;
    system::DiskFiles files_;
    std::unique_ptr<sqlite::Database> database_;
    std::unique_ptr<net::Resolver> resolver_;
    std::unique_ptr<HttpClient> http_;
    std::unique_ptr<net::Client> platform_client_;
    std::optional<crypto::SecretBox> secret_box_;
    std::unique_ptr<IndexSnapshot> index_snapshot_;
    index::TalkIndex talk_index_;
    std::unique_ptr<InsightEngine> engine_;
    std::unique_ptr<HttpClient> model_client_;
    std::unique_ptr<Model> model_;  // null: none is set
    std::unique_ptr<Transcription> transcription_;
    std::unique_ptr<Embeddings> embeddings_;

    std::unique_ptr<services::Indexer> indexer_;
    std::unique_ptr<services::RelationJudge> judge_;
    std::unique_ptr<services::TalkIndexer> talks_;
    services::KnownPeople people_;
    services::KnownAcronyms acronyms_;
    services::Catalogue catalogue_;
    std::unique_ptr<services::Lookup> lookup_;
    std::unique_ptr<services::Poller> poller_;
    std::unique_ptr<services::Pipeline> pipeline_;
    std::unique_ptr<services::Subscriber> subscriber_;
    std::unique_ptr<services::Composer> composer_;
    std::unique_ptr<services::PrivatePages> private_pages_;
    std::unique_ptr<services::Responder> responder_;
    std::unique_ptr<services::ComposerWriter> writer_;
    std::unique_ptr<RunRecord> run_record_;
    services::Messengers messengers_;
    std::unique_ptr<services::DeliveryWorker> delivery_;
    services::Frontends frontends_;
    std::unique_ptr<services::Reception> reception_;
};

}  // namespace podbrief::bot
