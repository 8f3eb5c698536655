namespace Raft.Verified.Simulation.Lab;

/// <summary>A call whose handler is a task of the server's process, and whose caller awaits a task.</summary>
internal sealed class LabTaskCall<TReply>(
    LabNetwork network, LabEnd end, string request, Func<LabServer, Task<(TReply Value, int Bytes)>> handler) : LabCall(network, end)
{
    private readonly TaskCompletionSource<LabReply<TReply>> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TReply? _reply;

    public Task<LabReply<TReply>> Reply => _completion.Task;

    protected override string RequestText => request;

    protected override string ReplyText => $"answers {request}";

    protected override void Handle(LabServer server) => server.Process.Start(request, () => HandleAsync(server));

    protected override void Succeeded() => _completion.SetResult(new LabReply<TReply>(true, _reply));

    protected override void Failed() => _completion.SetResult(default);

    private async Task HandleAsync(LabServer server)
    {
        (_reply, int bytes) = await handler(server);
        Answer(bytes);
    }
}
