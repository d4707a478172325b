namespace Smcp.Servers.Deploying.Images;

/// <summary>An archive that is not taken, and why, in words for who sent it.</summary>
internal sealed class BundleException(string message) : Exception(message);
