using System.Net.Sockets;

namespace Smcp.Jailer.Launching;

/// <summary>Bubblewrap, as long as it waits for the jail's bounds before it runs the program.</summary>
/// <param name="Process">Bubblewrap, or what becomes it.</param>
/// <param name="Status">What it says, until it ends.</param>
/// <param name="Block">A byte sent here lets the program begin.</param>
internal sealed record BlockedJail(int Process, NetworkStream Status, Socket Block);
