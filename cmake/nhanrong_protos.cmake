# Generates C++ from the contract once, into a library of its own: messages (no gRPC) and services apart,
# so that the domain can use the messages without seeing gRPC.
function(nhanrong_generate_protos out_messages out_services)
  cmake_parse_arguments(ARG "" "" "MESSAGES;SERVICES" ${ARGN})
  find_program(GRPC_CPP_PLUGIN grpc_cpp_plugin REQUIRED)
  set(gen ${CMAKE_BINARY_DIR}/generated)
  file(MAKE_DIRECTORY ${gen})
  set(messages)
  set(services)
  foreach(proto ${ARG_MESSAGES} ${ARG_SERVICES})
    string(REPLACE ".proto" "" base ${proto})
    add_custom_command(
      OUTPUT ${gen}/${base}.pb.cc ${gen}/${base}.pb.h
      COMMAND protobuf::protoc --experimental_allow_proto3_optional -I ${CMAKE_SOURCE_DIR}/proto --cpp_out=${gen} ${proto}
      DEPENDS ${CMAKE_SOURCE_DIR}/proto/${proto}
      VERBATIM)
    list(APPEND messages ${gen}/${base}.pb.cc)
  endforeach()
  foreach(proto ${ARG_SERVICES})
    string(REPLACE ".proto" "" base ${proto})
    add_custom_command(
      OUTPUT ${gen}/${base}.grpc.pb.cc ${gen}/${base}.grpc.pb.h
      COMMAND protobuf::protoc --experimental_allow_proto3_optional -I ${CMAKE_SOURCE_DIR}/proto --grpc_out=${gen}
              --plugin=protoc-gen-grpc=${GRPC_CPP_PLUGIN} ${proto}
      DEPENDS ${CMAKE_SOURCE_DIR}/proto/${proto}
      VERBATIM)
    list(APPEND services ${gen}/${base}.grpc.pb.cc)
  endforeach()
  # Nobody wrote these: clang-tidy (preset tidy) leaves the targets of the caller's folder alone.
  set(CMAKE_CXX_CLANG_TIDY "" PARENT_SCOPE)
  set(${out_messages} ${messages} PARENT_SCOPE)
  set(${out_services} ${services} PARENT_SCOPE)
endfunction()
