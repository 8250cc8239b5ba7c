// The calls that every gRPC server of the world has: health and reflection, by their bytes, since
// Debian's gRPC brings no generated code for them.
#pragma once

#include <grpcpp/channel.h>

#include <memory>
#include <string>
#include <vector>

namespace nhanrong::e2e {

// grpc.health.v1.Health/Check for the whole server.
bool IsServing(const std::shared_ptr<grpc::Channel>& channel);
// Names of services by grpc.reflection.v1alpha; empty: no reflection.
std::vector<std::string> ReflectedServices(const std::shared_ptr<grpc::Channel>& channel);

}  // namespace nhanrong::e2e
