using System.Text;
using System.Text.RegularExpressions;
using Raft.Verified.Linearizability.Files.Edn;

namespace Raft.Verified.Linearizability.Files.Forms;

/// <summary>
/// A reader for the lines in which Jepsen prints operations: <c>CLIENT :TYPE :FUNCTION VALUE REASON</c>. They are the
/// lines of a <c>history.txt</c>, and follow the name of a logger in a <c>jepsen.log</c>. Other lines of a log are
/// skipped.
/// </summary>
internal static partial class LineEntries
{
    private const string Expected = "expected CLIENT :invoke|:ok|:fail|:info :FUNCTION VALUE";

    private const int BufferSize = 1 << 16;

    /// <summary>Returns true when a line contains an operation, or something that looks like one.</summary>
    /// <param name="line">The line, without its line end.</param>
    public static bool HasOperation(ReadOnlySpan<char> line) => Frame().IsMatch(line);

    /// <summary>Reads the entries lazily.</summary>
    /// <param name="bytes">The content of the file.</param>
    /// <param name="maker">The factory for entries.</param>
    /// <exception cref="HistoryEntryException">The file is not such a history.</exception>
    public static IEnumerable<HistoryEntry> Read(Stream bytes, EntryMaker maker)
    {
        EdnAtoms atoms = new();
        int number = 0;
        foreach ((byte[] line, bool hasEnd) in Lines(bytes))
        {
            number++;
            string text = Encoding.UTF8.GetString(line).TrimEnd('\r');
            if (!Frame().IsMatch(text))
            {
                if (!string.IsNullOrWhiteSpace(text))
                {
                    maker.PassOver();
                }

                continue;
            }

            if (Utf8Stream.Problem(line) is { } problem)
            {
                throw new HistoryEntryException(number, problem);
            }

            if (Parse(text, number, hasEnd, atoms, maker) is { } entry)
            {
                yield return entry;
            }
        }
    }

    private static HistoryEntry? Parse(string text, int line, bool hasEnd, EdnAtoms atoms, EntryMaker maker)
    {
        Match match = Operation().Match(text);
        if (!match.Success)
        {
            throw hasEnd ? new HistoryEntryException(line, $"found '{Found.Of(text)}'; {Expected}") : CutOff(text, line);
        }

        EdnValue type = atoms.Of(match.Groups["type"].ValueSpan);
        bool matters = type.Name is "invoke" or "ok";
        bool hasTabs = match.Groups["gap"].ValueSpan.Contains('\t');
        string rest = match.Groups["rest"].Value;
        EdnValue? value = matters ? Value(rest, hasTabs, hasEnd ? null : text, line, atoms) : null;
        return maker.Of(line, atoms.Of(match.Groups["process"].ValueSpan), type, atoms.Of(match.Groups["function"].ValueSpan), value, key: null);
    }

    // Reads the value, which a reason may follow. In a line with tabs, a tab separates the two. For a line without a
    // line end, `unfinished` is the text of the whole line.
    private static EdnValue? Value(string rest, bool hasTabs, string? unfinished, int line, EdnAtoms atoms)
    {
        string field = hasTabs ? rest.Split('\t')[0] : rest;
        EdnReader reader = new(new EdnText(field), atoms);
        try
        {
            EdnValue? value = reader.Next();
            if (hasTabs && !reader.IsAtEnd())
            {
                throw new EdnException("found more than one value; expected one");
            }

            bool mayGoOn = value is { Kind: EdnKind.Integer or EdnKind.Keyword or EdnKind.Atom or EdnKind.Tagged } && reader.IsAtEnd() && field.Length == rest.Length;
            return unfinished is null || !mayGoOn ? value : throw CutOff(unfinished, line);
        }
        catch (EdnException exception)
        {
            throw unfinished is null
                ? new HistoryEntryException(line, $"found the value '{Found.Of(rest)}', which cannot be understood: {exception.Message}")
                : CutOff(unfinished, line);
        }
    }

    private static HistoryEntryException CutOff(string found, int line) => new(
        line, $"found '{Found.Of(found)}' without a line end, so it may have been cut off; expected a line end if the line is complete, otherwise remove it");

    private static IEnumerable<(byte[] Line, bool HasEnd)> Lines(Stream bytes)
    {
        byte[] buffer = new byte[BufferSize];
        List<byte> carried = [];
        while (bytes.Read(buffer) is var read and > 0)
        {
            int start = 0;
            while (Array.IndexOf(buffer, (byte)'\n', start, read - start) is var end and >= 0)
            {
                carried.AddRange(buffer.AsSpan(start, end - start));
                yield return ([.. carried], true);
                carried.Clear();
                start = end + 1;
            }

            carried.AddRange(buffer.AsSpan(start, read - start));
        }

        if (carried.Count > 0)
        {
            yield return ([.. carried], false);
        }
    }

    // An operation starts the line or follows the name of Jepsen's logger. It begins with a client, and then a keyword
    // or the end of the line. Comments of EDN are excluded.
    [GeneratedRegex(@"^(?!\s*;)(?:(?:.*?\s)?jepsen\.util(?:\s+-|:)?\s+(?=\S+(?:\s+:|\s*$))|(?=\S+(?:\t|\s+:)))(?:-?[0-9]+|:[^\s:]+)(?:\s|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Frame();

    [GeneratedRegex(
        @"^(?:(?:.*?\s)?jepsen\.util(?:\s+-|:)?\s+)?(?<process>-?[0-9]+|:[^\s:]+)(?<gap>\s+)(?<type>:\w+)\s+(?<function>:[^\s:]+)(?:\s+(?<rest>.*))?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Operation();
}
