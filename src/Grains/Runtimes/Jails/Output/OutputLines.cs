using System.Globalization;
using System.Text;

namespace Smcp.Runtimes.Jails.Output;

/// <summary>
/// Takes what a program writes for people, as it comes, and makes lines of it that its tenant may read: without the
/// secrets that it was given or what deceives a reader, and not longer than a line is. One stream's at a time.
/// </summary>
internal sealed class OutputLines(SecretMask mask, Action<string> onLine)
{
    private const int BufferCharacters = 4_096;
    private const int LineCharactersMax = 4_096;

    private readonly StringBuilder _line = new();
    private bool _isCut;

    // What is behind the cut is looked at too: a secret may stand across it.
    private int Taken => LineCharactersMax + mask.LengthMax;

    /// <summary>Takes a stream of UTF-8 to its end.</summary>
    public async Task TakeAsync(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var buffer = new char[BufferCharacters];
        try
        {
            while (await reader.ReadAsync(buffer.AsMemory()) is var count and > 0)
            {
                Take(buffer.AsSpan(0, count));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The jail broke off: there is no more.
        }

        End();
    }

    /// <summary>Takes some of it.</summary>
    public void Take(ReadOnlySpan<char> text)
    {
        while (text.IndexOf('\n') is var end and >= 0)
        {
            Append(text[..end]);
            Say();
            text = text[(end + 1)..];
        }

        Append(text);
    }

    /// <summary>There is no more: what stands without an end of line is a line.</summary>
    public void End()
    {
        if (_line.Length > 0)
        {
            Say();
        }
    }

    // Escapes, marks of direction and what is not seen: a line could read as another.
    private static bool Deceives(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Control
        or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private void Append(ReadOnlySpan<char> text)
    {
        var room = Taken - _line.Length;
        _isCut |= text.Length > room;
        _line.Append(text[..Math.Min(text.Length, room)]);
    }

    private void Say()
    {
        var line = mask.Apply(_line.ToString().TrimEnd('\r'));
        if (_isCut || line.Length > LineCharactersMax)
        {
            line = line[..Math.Min(line.Length, LineCharactersMax)] + "…";
        }

        _line.Clear();
        _isCut = false;
        onLine(string.Concat(line.Select(c => c != '\t' && Deceives(c) ? ' ' : c)));
    }
}
