#include <nlohmann/json.hpp>

#include "adapters/doubles/telegram_server.hpp"
#include "adapters/telegram/client.hpp"
#include "tests/contract/messenger_contract.hpp"
#include "tests/doubles/model/http_bridge.hpp"
#include "tests/support/manual_clock.hpp"

namespace podbrief::contract {
namespace {

using podbrief::testing::HttpBridge;
using podbrief::testing::ManualClock;
using podbrief::testing::PlatformModel;
using podbrief::testing::TelegramModel;
using podbrief::testing::Trouble;

template <bool strict>
class ClientWorld {
public:
    ClientWorld() {
        server_.add_person({42, "Ann", "ann"});
        bridge_.to("https://api.telegram.org", server_);
    }
    asio::io_context& context() { return context_; }
    Messenger& messenger() { return client_; }
    PlatformModel& model() { return model_; }
    Trouble& trouble() { return trouble_; }
    Destination chat() { return {"telegram", "", "42", ""}; }
    WallTime now() { return clock_.wall_now(); }
    void pass_time() { clock_.advance_to_next(); }
    void pass(Millis time) { clock_.advance(time); }

private:
    asio::io_context context_{1};
    ManualClock clock_;
    Random random_{7};
    Trouble trouble_{random_};
    TelegramModel model_;
    doubles::TelegramServer server_{model_, clock_, {"1:A", "BriefBot", "Brief", true}};
    HttpBridge bridge_{clock_, trouble_};
    telegram::Api api_{bridge_, clock_, "https://api.telegram.org", "1:A"};
    telegram::AnswerRoutes routes_;
    telegram::Client client_{api_, routes_, clock_, strict};
};

using Worlds = ::testing::Types<ClientWorld<true>, ClientWorld<false>>;
struct Names {
    template <class T>
    static std::string GetName(int index) {
        return index == 0 ? "Strict" : "Fast";
    }
};
INSTANTIATE_TYPED_TEST_SUITE_P(TelegramClient, MessengerContract, Worlds, Names);

}  // namespace
}  // namespace podbrief::contract
