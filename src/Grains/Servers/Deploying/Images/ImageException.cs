namespace Smcp.Servers.Deploying.Images;

/// <summary>An image that cannot be had on this node, and why, without anything of its content.</summary>
internal sealed class ImageException(string message) : Exception(message);
