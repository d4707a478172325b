namespace Smcp.Engine.Faults;

/// <summary>What is left of a grain's own exception when it crosses to another process: its text.</summary>
internal sealed class GrainFaultException(string message) : Exception(message);
