using System.Text.Json;
using System.Text.Json.Serialization;

namespace Smcp.Jailer.Orders;

/// <summary>The form of messages on the jailer's socket.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(JailRequest))]
[JsonSerializable(typeof(JailReply))]
public sealed partial class OrderJson : JsonSerializerContext;
