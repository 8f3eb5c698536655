using System.Text;
using System.Text.RegularExpressions;
using Raft.Verified.Linearizability.Files.Edn;

namespace Raft.Verified.Linearizability.Files.Forms;

/// <summary>
/// Reads the lines in which Jepsen prints operations: <c>CLIENT :TYPE :FUNCTION VALUE REASON</c>, in <c>history.txt</c> as they are and in
/// <c>jepsen.log</c> behind the name of a logger. Other lines of a log are passed over.
/// </summary>
internal static partial class LineEntries
{
    private const string Expected = "expected CLIENT :invoke|:ok|:fail|:info :FUNCTION VALUE";

    private const int BufferSize = 1 << 16;

    /// <summary>Whether a line has, or seems to have, an operation.</summary>
    public static bool HasOperation(ReadOnlySpan<char> line) => Frame().IsMatch(line);

    /// <summary>Reads the entries, as they are asked for.</summary>
    /// <exception cref="HistoryEntryException">The file is no such history.</exception>
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

    // The value, which a reason may follow, behind a tab where tabs are between fields. Without a line end, the text of the whole line comes along.
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

    // Jepsen's logger printed it, or nothing stands before it: a client, and behind it a keyword, or nothing any more. A comment of EDN is none.
    [GeneratedRegex(@"^(?!\s*;)(?:(?:.*?\s)?jepsen\.util(?:\s+-|:)?\s+(?=\S+(?:\s+:|\s*$))|(?=\S+(?:\t|\s+:)))(?:-?[0-9]+|:[^\s:]+)(?:\s|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Frame();

    [GeneratedRegex(
        @"^(?:(?:.*?\s)?jepsen\.util(?:\s+-|:)?\s+)?(?<process>-?[0-9]+|:[^\s:]+)(?<gap>\s+)(?<type>:\w+)\s+(?<function>:[^\s:]+)(?:\s+(?<rest>.*))?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Operation();
}
