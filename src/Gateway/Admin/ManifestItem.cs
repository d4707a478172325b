using System.Text.Json;
using Smcp.Servers.Deploying;

namespace Smcp.Admin;

/// <summary>What a version offers.</summary>
/// <param name="Hash">What is approved of it.</param>
/// <param name="Approved">The hash that was approved; null for none.</param>
/// <param name="ComparedWith">The version that serves now; null for none other.</param>
/// <param name="Changes">What is otherwise than in that one.</param>
/// <param name="Manifest">Instructions, tools, prompts, resources and their templates.</param>
internal sealed record ManifestItem(
    string Hash, string? Approved, long? ComparedWith, ManifestChanges Changes, JsonElement Manifest);
