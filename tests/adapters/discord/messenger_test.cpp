// The contract of messengers, over the real client and the double behind its wire protocol.
#include "tests/contract/messenger_contract.hpp"

#include "adapters/discord/client.hpp"
#include "adapters/doubles/discord_server.hpp"
#include "core/ports/metrics.hpp"
#include "tests/doubles/model/http_bridge.hpp"
#include "tests/support/manual_clock.hpp"

namespace podbrief::contract {
namespace {

class DiscordWorld {
public:
    DiscordWorld() {
        http_.to("https://discord.double/api/v10", server_);
        model_.add_chat("100", "200");
        model_.counters();
    }
    asio::io_context& context() { return context_; }
    Messenger& messenger() { return client_; }
    doubles::PlatformModel& model() { return model_; }
    doubles::Trouble& trouble() { return trouble_; }
    Destination chat() { return {"discord", "100", "200", ""}; }
    WallTime now() { return clock_.wall_now(); }
    void pass_time() { clock_.advance_to_next(); }
    void pass(Millis time) { clock_.advance(time); }

private:
    using Settings = doubles::DiscordServer::Settings;
    asio::io_context context_{1};
    podbrief::testing::ManualClock clock_;
    Random random_{7};
    doubles::Trouble trouble_{random_};
    doubles::DiscordModel model_;
    doubles::DiscordServer server_{model_, clock_, Settings{}};
    podbrief::testing::HttpBridge http_{clock_, trouble_};
    NullLog log_;
    NullMetrics metrics_;
    discord::Rest rest_{{"https://discord.double/api/v10", Settings{}.token, "DiscordBot (https://example.org, 1.0)"},
                        http_,
                        clock_,
                        metrics_};
    discord::Places places_;
    discord::DirectMessages directs_{rest_, places_, clock_, log_, metrics_};
    discord::Ways ways_;
    discord::Client client_{Settings{}.application, rest_, directs_, ways_, clock_};
};

INSTANTIATE_TYPED_TEST_SUITE_P(Discord, MessengerContract, DiscordWorld);

}  // namespace
}  // namespace podbrief::contract
