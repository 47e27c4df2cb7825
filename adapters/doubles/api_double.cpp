#include "adapters/doubles/api_double.hpp"

namespace podbrief::doubles {

asio::awaitable<void> ApiDouble::ready(const ServerRequest&) {
    co_return;
}

}  // namespace podbrief::doubles
