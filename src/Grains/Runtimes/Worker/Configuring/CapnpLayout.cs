namespace Smcp.Runtimes.Worker.Configuring;

/// <summary>How many words of data and how many pointers a struct has.</summary>
internal readonly record struct CapnpLayout(int DataWords, int Pointers);
