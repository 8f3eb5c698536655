using System.Text.Json;
using System.Text.Json.Nodes;

namespace Raft.Verified.ModelChecking.Traces;

/// <summary>
/// Validates traces against the shipping core, as TLC does against <c>specs/tla/TraceRaft.tla</c>. The core to which
/// the previous lines have led takes the input of a line, and its outcome must be that of the line. A received message
/// must have been sent, and a starting server must load what its disk holds.
/// </summary>
public static class TraceValidator
{
    /// <summary>Validates a trace.</summary>
    /// <param name="lines">The lines of the trace, the header first.</param>
    /// <returns>The number of accepted lines, and the mistake in the first line that is not accepted.</returns>
    public static TraceVerdict Validate(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        SortedDictionary<string, int> counts = new(StringComparer.Ordinal);
        HashSet<string> messages = [];
        TracedServer[]? servers = null;
        int accepted = 0;
        try
        {
            foreach (string text in lines)
            {
                TraceNode line = new(Parse(text), "");
                if (servers is null)
                {
                    TraceHeader header = TraceHeader.Read(line);
                    servers = [.. Enumerable.Range(1, header.Servers).Select(id => new TracedServer(header.OptionsOf(id)))];
                }
                else
                {
                    Take(line, servers, messages, counts);
                }

                accepted++;
            }
        }
        catch (TraceException exception)
        {
            return new TraceVerdict(accepted, exception.Message, counts);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            return new TraceVerdict(accepted, $"the core fails with this input: {exception.Message}", counts);
        }

        return servers is null ? new TraceVerdict(0, "the trace is empty; expected a header", counts) : new TraceVerdict(accepted, null, counts);
    }

    private static void Take(TraceNode line, TracedServer[] servers, HashSet<string> messages, SortedDictionary<string, int> counts)
    {
        string action = line["action"].Text;
        int server = (int)line["server"].NumberWithin(1, servers.Length);
        string name = action;
        if (action == "Forge")
        {
            messages.Add(TraceReading.Projection.Message(TraceReading.Message(line["message"])).ToJsonString());
        }
        else
        {
            name = action == "Receive" ? $"Receive {line["message"]["type"].Text}" : action;
            if (action == "Receive" && line["message"]["to"].Number != server)
            {
                throw new TraceException($"server is {server}; expected the receiver, {line["message"]["to"].Number}");
            }

            servers[server - 1].Take(action, line, messages);
        }

        counts[name] = counts.GetValueOrDefault(name) + 1;
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException exception)
        {
            throw new TraceException($"the line is not JSON: {exception.Message}");
        }
    }
}
