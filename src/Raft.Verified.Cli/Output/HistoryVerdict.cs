using Raft.Verified.Specifications.Linearizability;

namespace Raft.Verified.Cli.Output;

/// <summary>What <c>raft linearize</c> says of a history.</summary>
internal sealed record HistoryVerdict(string File, string Model, LinearizabilityReport Report)
{
    /// <summary>The verdict in words.</summary>
    public string Text => Report.Verdict switch
    {
        LinearizabilityVerdict.Linearizable => "linearizable",
        LinearizabilityVerdict.NotLinearizable => "not linearizable",
        _ => "unknown",
    };

    /// <summary>One line, and the account below it when there is one.</summary>
    public void Write(OutputStream stream)
    {
        string verdict = stream.Painted(Text, Report.IsLinearizable ? Paint.Green : Paint.Red);
        string size = $"{Format.Count(Report.Operations, "operation")}, {Format.Number(Report.Unanswered)} unanswered";
        stream.Writer.WriteLine($"{Format.OneLine(File)}: {verdict} ({size})");
        foreach (string line in Report.Account.Length == 0 ? [] : Format.Lines(Report.Account))
        {
            stream.Writer.WriteLine($"  {line}");
        }
    }

    /// <summary>Several as one JSON object.</summary>
    public static string Json(IEnumerable<HistoryVerdict> verdicts) => JsonReport.Write(json =>
    {
        json.WriteStartArray("histories");
        foreach (HistoryVerdict verdict in verdicts)
        {
            json.WriteStartObject();
            json.WriteString("file", verdict.File);
            json.WriteString("model", verdict.Model);
            json.WriteString("verdict", verdict.Text);
            json.WriteBoolean("linearizable", verdict.Report.IsLinearizable);
            json.WriteNumber("operations", verdict.Report.Operations);
            json.WriteNumber("unanswered", verdict.Report.Unanswered);
            json.WriteString("account", verdict.Report.Account);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
