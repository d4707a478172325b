namespace Smcp.EndToEnd.Serving;

/// <summary>How a program ended and what it said.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Errors)
{
    /// <summary>Both streams, for the message of a failed assertion.</summary>
    public string Said => $"exit code {ExitCode}\n--- output\n{Output}\n--- errors\n{Errors}";
}
