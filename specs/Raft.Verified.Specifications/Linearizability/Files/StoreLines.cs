namespace Raft.Verified.Specifications.Linearizability.Files;

/// <summary>What lines of the histories of key/value stores have in common: <c>{:process 0, :type :invoke, :f :get, :key "k", :value nil}</c>.</summary>
internal static class StoreLines
{
    /// <summary>Understands a line's frame.</summary>
    public static (int Client, HistoryLineKind Kind, string Function, string Key, EdnMap Map) Parse(string text, params ReadOnlySpan<string> functions)
    {
        EdnMap map = EdnMap.Parse(text);
        long client = map.Get<long>("process", "a client's number");
        if (client is < 0 or > int.MaxValue)
        {
            throw new HistoryLineException($"found :process {client}; expected a number from 0 to {int.MaxValue}");
        }

        const string Types = ":invoke, :ok, :fail or :info";
        HistoryLineKind kind = map.Get<EdnKeyword>("type", Types) switch
        {
            { Name: "invoke" } => HistoryLineKind.Invoke,
            { Name: "ok" } => HistoryLineKind.Answer,
            { Name: "info" } => HistoryLineKind.Unknown,
            { Name: "fail" } => HistoryLineKind.NoEffect,
            EdnKeyword other => throw new HistoryLineException($"found :type {other}; expected {Types}"),
        };
        string expected = $"one of :{string.Join(", :", functions)}";
        EdnKeyword function = map.Get<EdnKeyword>("f", expected);
        return functions.Contains(function.Name)
            ? ((int)client, kind, function.Name, map.Get<string>("key", "a key, a string"), map)
            : throw new HistoryLineException($"found :f {function}; expected {expected}");
    }
}
