using System.Text;

namespace Raft.Verified.ModelChecking.Tla;

/// <summary>
/// A reader for the dumps of TLC: states (<c>-dump FILE</c>), or states and steps (<c>-dump dot,actionlabels FILE</c>).
/// </summary>
public static class TlcDump
{
    /// <summary>Reads a dump.</summary>
    /// <param name="path">The path of the dump.</param>
    /// <param name="seen">The callback for the hash and the canonical text of each state; null for no callback.</param>
    /// <exception cref="FormatException">
    /// The file is not such a dump. The message names the place, what was found and what was expected.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SpecificationStates Read(string path, Action<string, string>? seen = null)
    {
        using StreamReader file = new(path);
        string? first = file.ReadLine();
        return first is null ? throw new FormatException($"{path} is empty; expected states")
            : first.StartsWith("strict digraph", StringComparison.Ordinal) ? ReadGraph(file, path, seen)
            : ReadStates(file, first, path, seen);
    }

    private static SpecificationStates ReadStates(StreamReader file, string first, string path, Action<string, string>? seen)
    {
        SpecificationStates states = new(withSteps: false);
        StringBuilder state = new();
        int number = 1;
        for (string? line = first; line is not null; line = file.ReadLine(), number++)
        {
            if (!line.StartsWith("State ", StringComparison.Ordinal))
            {
                state.Append(line).Append('\n');
                continue;
            }

            Take(states, state.ToString(), path, number, seen);
            state.Clear();
        }

        Take(states, state.ToString(), path, number, seen);
        return states;
    }

    // ID [label="STATE"]; ID -> ID [label="ACTION",...]; the first state also has a style.
    private static SpecificationStates ReadGraph(StreamReader file, string path, Action<string, string>? seen)
    {
        SpecificationStates states = new(withSteps: true);
        Dictionary<string, StateHash> numbered = new(StringComparer.Ordinal);
        List<(string From, string Action, string To)> steps = [];
        int number = 2;
        for (string? line = file.ReadLine(); line is not null; line = file.ReadLine(), number++)
        {
            int label = line.IndexOf("[label=\"", StringComparison.Ordinal);
            if (label < 0 || !(char.IsAsciiDigit(line[0]) || line[0] == '-'))
            {
                continue;
            }

            string[] ends = line[..label].Split("->", StringSplitOptions.TrimEntries);
            string text = Unescape(line.AsSpan(label + "[label=\"".Length));
            if (ends.Length == 2)
            {
                // In Next, the name of an action that depends on the state begins with Some.
                steps.Add((ends[0], text.StartsWith("Some", StringComparison.Ordinal) ? text["Some".Length..] : text, ends[1]));
            }
            else if (Take(states, text, path, number, seen) is { } hash)
            {
                numbered[ends[0]] = hash;
            }
        }

        foreach ((string from, string action, string to) in steps)
        {
            states.AddStep(numbered[from], action, numbered[to]);
        }

        return states;
    }

    private static string Unescape(ReadOnlySpan<char> label)
    {
        StringBuilder text = new();
        for (int i = 0; i < label.Length && label[i] != '"'; i++)
        {
            if (label[i] == '\\' && i + 1 < label.Length)
            {
                i++;
                text.Append(label[i] == 'n' ? '\n' : label[i]);
            }
            else
            {
                text.Append(label[i]);
            }
        }

        return text.ToString();
    }

    private static StateHash? Take(SpecificationStates states, string state, string path, int line, Action<string, string>? seen)
    {
        if (string.IsNullOrWhiteSpace(state))
        {
            return null;
        }

        try
        {
            string text = new TlaReader(state).State();
            StateHash hash = states.Add(text);
            seen?.Invoke(hash.ToString(), text);
            return hash;
        }
        catch (FormatException exception)
        {
            throw new FormatException($"{path}, the state that ends before line {line}: {exception.Message}", exception);
        }
    }
}
