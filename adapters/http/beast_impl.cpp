// Beast and Asio's TLS, compiled once for the whole program (Asio itself: core/async/asio_impl.cpp).
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
