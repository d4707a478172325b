using System.Text;

namespace Smcp.Runtimes.CSharp;

/// <summary>
/// What the log says of an exception of a server's code: what it was and where, and never its message, in which authors
/// like to write arguments.
/// </summary>
internal static class AuthorFailure
{
    private const int DepthMax = 5;
    private const int LengthMax = 8_192;

    public static string Describe(Exception exception)
    {
        var text = new StringBuilder();
        var inner = exception;
        for (var depth = 0; inner is not null && depth < DepthMax; depth++)
        {
            text.Append(depth == 0 ? string.Empty : "\n---> ").Append(inner.GetType().FullName);
            if (inner.StackTrace is { } trace)
            {
                text.Append('\n').Append(trace);
            }

            inner = inner.InnerException;
        }

        text.Length = Math.Min(text.Length, LengthMax);
        return text.ToString();
    }
}
