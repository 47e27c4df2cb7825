// The real client, over HTTP that stays in this process, against the double of Slack.
#include "adapters/doubles/slack_server.hpp"
#include "adapters/slack/client.hpp"
#include "tests/contract/messenger_contract.hpp"
#include "tests/doubles/model/http_bridge.hpp"
#include "tests/support/manual_clock.hpp"

namespace podbrief::contract {
namespace {

class SlackWorld {
public:
    SlackWorld() {
        server_.add_workspace("T1", "Example");
        server_.add_user("T1", "U1", {"ada"});
        server_.add_channel("T1", "C1");
        http_.to("https://slack.com/", server_);
        http_.to("https://hooks.slack.com/", server_);
    }
    asio::io_context& context() { return context_; }
    Messenger& messenger() { return client_; }
    doubles::PlatformModel& model() { return model_; }
    doubles::Trouble& trouble() { return trouble_; }
    Destination chat() { return {"slack", "T1", "C1", ""}; }
    WallTime now() { return clock_.wall_now(); }
    void pass_time() { clock_.advance_to_next(); }
    void pass(Millis time) { clock_.advance(time); }

private:
    asio::io_context context_{1};
    podbrief::testing::ManualClock clock_;
    Random random_{7};
    doubles::Trouble trouble_{random_};
    doubles::SlackModel model_;
    doubles::SlackServer server_{context_.get_executor(), clock_, model_};
    podbrief::testing::HttpBridge http_{clock_, trouble_};
    slack::Options options_;
    slack::OneToken tokens_{server_.install("T1")};
    slack::Api api_{http_, clock_, tokens_, options_};
    slack::People people_{api_, clock_, false};
    slack::ResponseRoutes routes_;
    slack::Client client_{api_, http_, clock_, people_, routes_, options_};
};

INSTANTIATE_TYPED_TEST_SUITE_P(Slack, MessengerContract, SlackWorld);

}  // namespace
}  // namespace podbrief::contract
