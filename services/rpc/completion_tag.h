// What comes out of a completion queue.
#pragma once

namespace nhanrong::rpc {

class Tag {
 public:
  virtual ~Tag() = default;
  // `ok` false: what was asked for did not happen: no call came, the peer is gone, the queue
  // closes.
  virtual void Proceed(bool ok) = 0;
};

}  // namespace nhanrong::rpc
