<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>DrainTable</name>
    <message>
        <source>is evicted</source>
        <comment>what becomes of a pod</comment>
        <translation>将被驱逐</translation>
    </message>
    <message>
        <source>stays</source>
        <comment>what becomes of a pod</comment>
        <translation>留下</translation>
    </message>
    <message>
        <source>is in the way</source>
        <comment>what becomes of a pod</comment>
        <translation>阻碍排空</translation>
    </message>
    <message>
        <source>the kubelet runs it from a file on the node</source>
        <translation>由 kubelet 根据节点上的文件运行</translation>
    </message>
    <message>
        <source>its DaemonSet would put it there again</source>
        <translation>其 DaemonSet 会再次创建它</translation>
    </message>
    <message>
        <source>its DaemonSet is gone, nothing makes it again</source>
        <translation>其 DaemonSet 已不存在，不会再有东西创建它</translation>
    </message>
    <message>
        <source>its DaemonSet cannot be read: %1</source>
        <comment>%1 is an error</comment>
        <translation>无法读取其 DaemonSet：%1</translation>
    </message>
    <message>
        <source>what it has in emptyDir volumes is lost</source>
        <translation>emptyDir 卷中的数据将丢失</translation>
    </message>
    <message>
        <source>no controller makes it again</source>
        <translation>没有控制器会再次创建它</translation>
    </message>
    <message>
        <source>several budgets cover it, so it may never be evicted: %1</source>
        <comment>%1 are names</comment>
        <translation>有多个中断预算涵盖它，因此永远不能驱逐：%1</translation>
    </message>
    <message>
        <source>waits: the budget %1 allows no disruption now</source>
        <translation>等待：中断预算 %1 目前不允许任何中断</translation>
    </message>
    <message numerus="yes">
        <source>the budget %1 allows %Ln disruptions now</source>
        <translation>
            <numerusform>中断预算 %1 目前允许 %Ln 次中断</numerusform>
        </translation>
    </message>
    <message>
        <source>Pod</source>
        <translation>Pod</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>What becomes of it</source>
        <translation>处理方式</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>a node, a cluster</comment>
        <translation>%2 中的 %1</translation>
    </message>
</context>
<context>
    <name>HistoryTable</name>
    <message>
        <source>now</source>
        <comment>the revision that is rolled out</comment>
        <translation>当前</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Revision</source>
        <translation>修订版本</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>存在时间</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Change cause</source>
        <translation>变更原因</translation>
    </message>
</context>
<context>
    <name>ui::AboutDialog</name>
    <message>
        <source>About Quarterdeck</source>
        <translation>关于 Quarterdeck</translation>
    </message>
    <message>
        <source>One window over every Kubernetes cluster you run.</source>
        <translation>一个窗口，纵览您运行的所有 Kubernetes 集群。</translation>
    </message>
    <message>
        <source>It connects to the clusters you ask for and to nothing else.</source>
        <translation>它只连接您要求的集群，不连接其他任何地方。</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later.</source>
        <translation>自由软件，采用 GNU 通用公共许可证第 3 版或更高版本。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ui::AccessPage</name>
    <message>
        <source>Access</source>
        <translation>权限</translation>
    </message>
    <message>
        <source>What I may do</source>
        <translation>我可以做什么</translation>
    </message>
    <message>
        <source>The verbs that are allowed on each resource</source>
        <translation>每种资源上允许的动词</translation>
    </message>
    <message>
        <source>Who can…</source>
        <translation>谁可以…</translation>
    </message>
    <message>
        <source>Whom roles let do something, and through which binding</source>
        <translation>角色允许谁做某事，以及通过哪个绑定</translation>
    </message>
    <message>
        <source>Who can do this</source>
        <translation>谁可以这样做</translation>
    </message>
    <message>
        <source>Who else may do what the cursor is on</source>
        <translation>还有谁可以做光标所在的操作</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>重新查询</translation>
    </message>
    <message>
        <source>Forget the answers and ask the clusters anew</source>
        <translation>丢弃已有结果，重新查询各集群</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>复制为文本</translation>
    </message>
    <message>
        <source>Copy the chosen rows, their cells divided by tabs</source>
        <translation>复制所选行，单元格以制表符分隔</translation>
    </message>
    <message>
        <source>%1 of %2 match</source>
        <comment>counts of rows</comment>
        <translation>%2 中有 %1 匹配</translation>
    </message>
    <message numerus="yes">
        <source>%Ln subjects can %1</source>
        <comment>%1 is a verb and a resource</comment>
        <translation>
            <numerusform>%Ln 个主体可以 %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Something is allowed on %1 of %Ln resources</source>
        <translation>
            <numerusform>%Ln 种资源中有 %1 种允许某些操作</numerusform>
        </translation>
    </message>
    <message>
        <source>filter subjects: kind:user role:edit …</source>
        <translation>过滤主体：kind:user role:edit …</translation>
    </message>
    <message>
        <source>filter resources: delete:yes group:apps …</source>
        <translation>过滤资源：delete:yes group:apps …</translation>
    </message>
    <message numerus="yes">
        <source>%Ln rows are on the clipboard</source>
        <translation>
            <numerusform>已复制 %Ln 行到剪贴板</numerusform>
        </translation>
    </message>
    <message>
        <source>The request is on the clipboard: send it to whoever may grant it</source>
        <translation>申请已复制到剪贴板：请发送给可授权的人</translation>
    </message>
</context>
<context>
    <name>ui::AccessState</name>
    <message>
        <source>%1: %2 may not list %3, so that who can is not known completely</source>
        <comment>%1 is a cluster, %2 a user, %3 one or more resources</comment>
        <translation>%1：%2 无权列出 %3，因此结果不完整</translation>
    </message>
    <message>
        <source>%1: %2 could not be read (%3)</source>
        <comment>%1 is a cluster, %2 resources, %3 why</comment>
        <translation>%1：无法读取 %2（%3）</translation>
    </message>
    <message>
        <source>%1 is away (%2): what held at %3 is shown</source>
        <comment>%1 is a cluster, %2 why, %3 a moment</comment>
        <translation>%1 不可达（%2）：显示的是 %3 时的结果</translation>
    </message>
    <message>
        <source>%1 did not answer (%2)</source>
        <comment>%1 is a cluster, %2 why</comment>
        <translation>%1 没有应答（%2）</translation>
    </message>
    <message>
        <source>%1 does not have %2</source>
        <comment>%1 is a cluster, %2 a resource as typed</comment>
        <translation>%1 没有 %2</translation>
    </message>
    <message>
        <source>%1 does not list all that is allowed: %2</source>
        <comment>%1 is a cluster, %2 the server&apos;s words</comment>
        <translation>%1 未列出全部允许的操作：%2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>%1 is a cluster, %2 a sentence</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Please allow user %1 to list %2 in cluster %3.</source>
        <comment>a request to an administrator; %1 user, %2 resources, %3 cluster</comment>
        <translation>请允许用户 %1 在集群 %3 中列出 %2。</translation>
    </message>
    <message>
        <source>No cluster is connected</source>
        <translation>未连接集群</translation>
    </message>
    <message>
        <source>Connect clusters on the Fleet page, or widen the scope at the top.</source>
        <translation>请在舰队页面连接集群，或在上方扩大范围。</translation>
    </message>
    <message numerus="yes">
        <source>Asking %Ln clusters…</source>
        <translation>
            <numerusform>正在查询 %Ln 个集群…</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 may not read roles and bindings</source>
        <comment>%1 is a user</comment>
        <translation>%1 无权读取角色和绑定</translation>
    </message>
    <message>
        <source>Missing in %1: the verb list on %2. Ask the cluster&apos;s administrator for a role with it, or choose a namespace whose roles you may read.</source>
        <comment>%1 is a cluster, %2 resources</comment>
        <translation>%1 中缺少：对 %2 的 list 动词。请向集群管理员申请包含它的角色，或选择您可读取其角色的命名空间。</translation>
    </message>
    <message>
        <source>No cluster in view has answered</source>
        <translation>范围内没有集群应答</translation>
    </message>
    <message>
        <source>No cluster in view has %1</source>
        <comment>%1 is a resource as typed</comment>
        <translation>范围内没有集群具有 %1</translation>
    </message>
    <message>
        <source>Choose another resource, or widen the scope at the top.</source>
        <translation>请选择其他资源，或在上方扩大范围。</translation>
    </message>
    <message>
        <source>Nothing matches “%1”</source>
        <comment>%1 is the filter as typed</comment>
        <translation>没有与“%1”匹配的内容</translation>
    </message>
    <message>
        <source>The filter hides all %1.</source>
        <comment>%1 is a count of rows</comment>
        <translation>过滤隐藏了全部 %1。</translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln role bindings name roles that do not exist</source>
        <comment>%1 is a cluster</comment>
        <translation>
            <numerusform>%1：%Ln 个角色绑定引用了不存在的角色</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ActDialog</name>
    <message>
        <source>Dry run</source>
        <translation>试运行</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ui::AffinitySection</name>
    <message>
        <source>Node affinity</source>
        <translation>节点亲和性</translation>
    </message>
    <message>
        <source>Pod affinity</source>
        <translation>Pod 亲和性</translation>
    </message>
    <message>
        <source>Pod anti-affinity</source>
        <translation>Pod 反亲和性</translation>
    </message>
    <message>
        <source>Take this rule away</source>
        <translation>移除此规则</translation>
    </message>
    <message>
        <source>Add required</source>
        <comment>a rule of scheduling</comment>
        <translation>添加硬性规则</translation>
    </message>
    <message>
        <source>Add preferred</source>
        <comment>a rule of scheduling</comment>
        <translation>添加偏好规则</translation>
    </message>
    <message>
        <source>Add spread</source>
        <translation>添加分布约束</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>拓扑分布</translation>
    </message>
</context>
<context>
    <name>ui::AutoscalerSection</name>
    <message>
        <source>Autoscaler</source>
        <translation>自动伸缩器</translation>
    </message>
    <message>
        <source>Scales kind</source>
        <translation>伸缩对象的类型</translation>
    </message>
    <message>
        <source>Scales name</source>
        <translation>伸缩对象的名称</translation>
    </message>
    <message>
        <source>Scales</source>
        <translation>伸缩对象</translation>
    </message>
    <message>
        <source>At least</source>
        <translation>最少</translation>
    </message>
    <message>
        <source>1 replica</source>
        <translation>1 个副本</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>最多</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>as 500m</source>
        <translation>如 500m</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>as 400Mi</source>
        <translation>如 400Mi</translation>
    </message>
    <message>
        <source>Scale down after</source>
        <translation>缩容前等待</translation>
    </message>
    <message>
        <source>300 seconds</source>
        <translation>300 秒</translation>
    </message>
    <message>
        <source>Seconds for which the measure has to stay low (stabilizationWindowSeconds)</source>
        <translation>指标须持续偏低的秒数（stabilizationWindowSeconds）</translation>
    </message>
    <message>
        <source>%1 is measured</source>
        <comment>a resource</comment>
        <translation>%1 的度量方式</translation>
    </message>
    <message>
        <source>%1 in percent</source>
        <comment>a resource</comment>
        <translation>%1 百分比</translation>
    </message>
    <message>
        <source>%1 on average</source>
        <comment>a resource</comment>
        <translation>%1 平均值</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>不度量</translation>
    </message>
    <message>
        <source>% of requests</source>
        <translation>请求量的 %</translation>
    </message>
    <message>
        <source>average per pod</source>
        <translation>每个 Pod 的平均值</translation>
    </message>
    <message>
        <source>as 80</source>
        <translation>如 80</translation>
    </message>
    <message>
        <source>At least more than at most: servers refuse that.</source>
        <translation>最少数大于最多数：服务器会拒绝。</translation>
    </message>
</context>
<context>
    <name>ui::BrowserPage</name>
    <message>
        <source>Describe</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>The summary of this object</source>
        <translation>此对象的摘要</translation>
    </message>
    <message>
        <source>YAML</source>
        <translation>YAML</translation>
    </message>
    <message>
        <source>The YAML of this object</source>
        <translation>此对象的 YAML</translation>
    </message>
    <message>
        <source>Go to owner</source>
        <translation>转到所有者</translation>
    </message>
    <message>
        <source>The object that owns this one</source>
        <translation>拥有此对象的对象</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Choose and order the columns of this kind</source>
        <translation>选择并排列此类型的列</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Write what is shown as CSV or JSON</source>
        <translation>将显示内容写为 CSV 或 JSON</translation>
    </message>
    <message>
        <source>Find in YAML</source>
        <translation>在 YAML 中查找</translation>
    </message>
    <message>
        <source>Find kind</source>
        <translation>查找类型</translation>
    </message>
    <message>
        <source>Search in the kinds on the left</source>
        <translation>在左侧类型中搜索</translation>
    </message>
    <message>
        <source>Add this kind to favourites, or remove it</source>
        <translation>将此类型加入或移出收藏</translation>
    </message>
    <message>
        <source>Mark all that match</source>
        <translation>标记所有匹配项</translation>
    </message>
    <message>
        <source>Clear the marks</source>
        <translation>清除标记</translation>
    </message>
    <message>
        <source>Back</source>
        <comment>closes what was opened last</comment>
        <translation>返回</translation>
    </message>
    <message>
        <source>Close the details, clear the marks, clear the filter</source>
        <translation>关闭详情，清除标记，清除过滤</translation>
    </message>
    <message>
        <source>Sort by name</source>
        <translation>按名称排序</translation>
    </message>
    <message>
        <source>Sort by age</source>
        <translation>按时长排序</translation>
    </message>
    <message>
        <source>Sort by status</source>
        <translation>按状态排序</translation>
    </message>
    <message>
        <source>Sort by namespace</source>
        <translation>按命名空间排序</translation>
    </message>
    <message>
        <source>Sort by the next column</source>
        <translation>按下一列排序</translation>
    </message>
    <message>
        <source>Sort by the column before</source>
        <translation>按上一列排序</translation>
    </message>
    <message>
        <source>Reverse the order</source>
        <translation>反转顺序</translation>
    </message>
    <message>
        <source>Copy name</source>
        <translation>复制名称</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>复制为文本</translation>
    </message>
    <message>
        <source>Copy as YAML</source>
        <translation>复制为 YAML</translation>
    </message>
    <message>
        <source>Copy as kubectl command</source>
        <translation>复制为 kubectl 命令</translation>
    </message>
    <message>
        <source>Nothing owns this object</source>
        <translation>此对象没有所有者</translation>
    </message>
    <message>
        <source>Its owner is a %1, which this cluster does not list</source>
        <comment>%1 is a kind</comment>
        <translation>其所有者是 %1，此集群不列出该类型</translation>
    </message>
    <message numerus="yes">
        <source>%n names copied</source>
        <translation>
            <numerusform>已复制 %n 个名称</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rows copied as text</source>
        <translation>
            <numerusform>已复制 %n 行文本</numerusform>
        </translation>
    </message>
    <message>
        <source>kubectl command copied</source>
        <translation>已复制 kubectl 命令</translation>
    </message>
    <message numerus="yes">
        <source>Mark at most %n objects to copy them as YAML</source>
        <translation>
            <numerusform>复制为 YAML 时最多标记 %n 个对象</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n objects could not be read: %1</source>
        <comment>%1 is why</comment>
        <translation>
            <numerusform>%n 个对象无法读取：%1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n objects copied as YAML</source>
        <translation>
            <numerusform>已将 %n 个对象复制为 YAML</numerusform>
        </translation>
    </message>
    <message>
        <source>Export what is shown</source>
        <translation>导出显示内容</translation>
    </message>
    <message>
        <source>CSV table (*.csv)</source>
        <comment>a kind of file</comment>
        <translation>CSV 表格 (*.csv)</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <comment>a kind of file</comment>
        <translation>JSON (*.json)</translation>
    </message>
    <message numerus="yes">
        <source>%n rows written to %1</source>
        <comment>%1 is a file</comment>
        <translation>
            <numerusform>已将 %n 行写入 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Could not write %1: %2</source>
        <comment>%1 is a file, %2 why</comment>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>Browser</source>
        <translation>浏览器</translation>
    </message>
    <message>
        <source>The request is on the clipboard: send it to whoever may grant it</source>
        <translation>申请已复制到剪贴板：请发送给可授权的人</translation>
    </message>
    <message>
        <source>filter %1: cart -status:Running age&lt;30d</source>
        <comment>hint in the empty filter line; %1 is a kind in the plural</comment>
        <translation>过滤 %1：cart -status:Running age&lt;30d</translation>
    </message>
    <message numerus="yes">
        <source>%n objects copied as YAML, with the values of secrets</source>
        <translation>
            <numerusform>已将 %n 个对象复制为 YAML，包含 Secret 的值</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::CertificateView</name>
    <message>
        <source>%1, %2 bits</source>
        <comment>kind of a key</comment>
        <translation>%1，%2 位</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <comment>two moments</comment>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>does not hold yet</source>
        <comment>a certificate</comment>
        <translation>尚未生效</translation>
    </message>
    <message>
        <source>Validity</source>
        <translation>有效期</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>主体</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Issuer</source>
        <translation>颁发者</translation>
    </message>
    <message>
        <source>itself</source>
        <comment>issuer of a certificate</comment>
        <translation>自签名</translation>
    </message>
    <message>
        <source>Key</source>
        <comment>of a certificate</comment>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Serial</source>
        <translation>序列号</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>The private key %1 fits the first certificate.</source>
        <comment>%1 is a key of a secret</comment>
        <translation>私钥 %1 与第一个证书匹配。</translation>
    </message>
    <message>
        <source>The private key %1 belongs to another certificate.</source>
        <comment>%1 is a key of a secret</comment>
        <translation>私钥 %1 属于另一个证书。</translation>
    </message>
    <message>
        <source>The private key %1 has a password: servers cannot use it so.</source>
        <comment>%1 is a key of a secret</comment>
        <translation>私钥 %1 有密码保护：服务器无法这样使用。</translation>
    </message>
    <message>
        <source>%1 is no private key in PEM form.</source>
        <comment>%1 is a key of a secret</comment>
        <translation>%1 不是 PEM 格式的私钥。</translation>
    </message>
    <message>
        <source>The certificates cannot be read: %1</source>
        <comment>%1 is why</comment>
        <translation>无法读取证书：%1</translation>
    </message>
    <message>
        <source>The chain is out of order: certificate %1 was not issued by the one after it.</source>
        <translation>证书链顺序有误：证书 %1 不是由其后的证书颁发的。</translation>
    </message>
    <message>
        <source>Certificate %1, an authority</source>
        <translation>证书 %1（颁发机构）</translation>
    </message>
    <message>
        <source>Certificate %1</source>
        <translation>证书 %1</translation>
    </message>
</context>
<context>
    <name>ui::ChangeFaces</name>
    <message>
        <source>After</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>As the server would store it</source>
        <translation>服务器将存储的内容</translation>
    </message>
    <message>
        <source>Stays so until the conflicts are decided</source>
        <translation>在冲突解决之前保持不变</translation>
    </message>
    <message>
        <source>Stays so: the server refuses</source>
        <translation>保持不变：服务器拒绝</translation>
    </message>
    <message>
        <source>Gone</source>
        <translation>已删除</translation>
    </message>
    <message>
        <source>Would be gone</source>
        <translation>将被删除</translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation>尚不清楚</translation>
    </message>
    <message>
        <source>What is shown of the chosen object</source>
        <translation>所选对象的显示内容</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>As written</source>
        <comment>the body of a change, as the operator wrote it</comment>
        <translation>原文</translation>
    </message>
    <message>
        <source>Moved on</source>
        <comment>what others changed since</comment>
        <translation>后续变动</translation>
    </message>
    <message>
        <source>Right after the act that is taken back</source>
        <translation>被撤销的操作刚完成时</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Not there</source>
        <translation>不存在</translation>
    </message>
    <message>
        <source>Before, resourceVersion %1</source>
        <translation>之前，resourceVersion %1</translation>
    </message>
    <message>
        <source>Stored now, resourceVersion %1</source>
        <translation>当前存储，resourceVersion %1</translation>
    </message>
    <message>
        <source>When this change was made</source>
        <translation>制定此更改时</translation>
    </message>
    <message>
        <source>Show equal lines</source>
        <translation>显示相同的行</translation>
    </message>
    <message>
        <source>Fold equal lines</source>
        <translation>折叠相同的行</translation>
    </message>
    <message>
        <source>If all of ours were taken over</source>
        <translation>若全部由我们接管</translation>
    </message>
</context>
<context>
    <name>ui::ChangeFoot</name>
    <message>
        <source>Save as file…</source>
        <translation>另存为文件…</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>重新查询</translation>
    </message>
    <message>
        <source>Undo…</source>
        <translation>撤销…</translation>
    </message>
    <message>
        <source>Go on…</source>
        <comment>with the rest of a change</comment>
        <translation>继续…</translation>
    </message>
    <message numerus="yes">
        <source>Apply to %Ln clusters</source>
        <translation>
            <numerusform>应用到 %Ln 个集群</numerusform>
        </translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>You may leave this page: it goes on, and waits for you under Changes.</source>
        <translation>可以离开此页：操作会继续，并在“更改”下等您。</translation>
    </message>
    <message>
        <source>Undo stays possible from the journal. The before-image is kept.</source>
        <translation>之后仍可从操作记录中撤销；已保存之前的状态。</translation>
    </message>
    <message>
        <source>This cannot be taken back.</source>
        <translation>此操作无法撤回。</translation>
    </message>
    <message>
        <source>Evictions cannot be taken back; the rest can, from the journal.</source>
        <translation>驱逐无法撤回；其余可从日志撤回。</translation>
    </message>
    <message>
        <source>Undo makes again what is deleted here, but nothing of what goes with it.</source>
        <translation>撤销会重建此处删除的对象，但不会恢复随之消失的内容。</translation>
    </message>
</context>
<context>
    <name>ui::ChangePage</name>
    <message>
        <source>What is changed</source>
        <translation>更改内容</translation>
    </message>
    <message>
        <source>No change is open. What you do to objects in the Browser is looked at here before it is done.</source>
        <translation>没有打开的更改。在浏览器中对对象的操作会先在这里查看，然后才执行。</translation>
    </message>
    <message>
        <source>Open the Browser</source>
        <translation>打开浏览器</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Next difference</source>
        <translation>下一处差异</translation>
    </message>
    <message>
        <source>Previous difference</source>
        <translation>上一处差异</translation>
    </message>
    <message>
        <source>Fold equal lines, or show them</source>
        <translation>折叠或显示相同的行</translation>
    </message>
    <message>
        <source>Undo this change</source>
        <translation>撤销此更改</translation>
    </message>
    <message>
        <source>Put this change away, or stop it</source>
        <translation>收起此更改，或停止它</translation>
    </message>
    <message>
        <source>Back</source>
        <comment>closes what was opened last</comment>
        <translation>返回</translation>
    </message>
    <message>
        <source>Undo: %1</source>
        <comment>%1 is what was done</comment>
        <translation>撤销：%1</translation>
    </message>
    <message>
        <source>Save this change as a file</source>
        <translation>将此更改另存为文件</translation>
    </message>
    <message>
        <source>YAML (*.yaml *.yml)</source>
        <comment>a kind of file</comment>
        <translation>YAML (*.yaml *.yml)</translation>
    </message>
    <message>
        <source>Written to %1: qdctl apply and a later session take it from there</source>
        <comment>%1 is a file</comment>
        <translation>已写入 %1：qdctl apply 和以后的会话可从那里读取</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>filter what is changed: houston refused</source>
        <translation>筛选更改内容：houston refused</translation>
    </message>
    <message>
        <source>Go on with what is left of this change</source>
        <translation>继续完成此更改的剩余部分</translation>
    </message>
    <message>
        <source>Open a change set…</source>
        <translation>打开变更集…</translation>
    </message>
    <message numerus="yes">
        <source>The file will hold the values of %n secret(s) in clear. Only you will be able to read it; whoever you give it to reads them, too.</source>
        <translation>
            <numerusform>文件将以明文包含 %n 个 Secret 的值。只有您能读取它；您把它交给谁，谁也就能读到这些值。</numerusform>
        </translation>
    </message>
    <message>
        <source>Save as file</source>
        <comment>a change that holds values of secrets</comment>
        <translation>另存为文件</translation>
    </message>
    <message>
        <source>This change was not saved: %1</source>
        <comment>%1 is why</comment>
        <translation>此更改未保存：%1</translation>
    </message>
</context>
<context>
    <name>ui::ChangeRemarks</name>
    <message>
        <source>%1. %2</source>
        <comment>what is wrong, what helps</comment>
        <translation>%1。%2</translation>
    </message>
    <message>
        <source>The object has moved on since this change was made from it: “Moved on” shows what is different.</source>
        <translation>制定此更改之后，对象又有变动：“后续变动”显示差异。</translation>
    </message>
    <message>
        <source>The server warns: %1</source>
        <translation>服务器警告：%1</translation>
    </message>
    <message>
        <source>Nobody knows whether it was stored (%1). It is read back as soon as the cluster answers; the journal tells.</source>
        <translation>不清楚是否已存储（%1）。集群一有应答就会回读；结果见操作记录。</translation>
    </message>
    <message>
        <source>%1 is read-only here: nothing is written to it.</source>
        <comment>%1 is a cluster</comment>
        <translation>%1 在此为只读：不会向其写入。</translation>
    </message>
    <message>
        <source>What it held is not kept, so that this cannot be taken back: %1</source>
        <comment>%1 says why the keyring gave no key</comment>
        <translation>其原有内容未被保存，因此无法撤销此更改：%1</translation>
    </message>
</context>
<context>
    <name>ui::ChangeRun</name>
    <message>
        <source>Clusters that have to say what was done already do not answer</source>
        <translation>需要说明哪些操作已完成的集群没有应答</translation>
    </message>
    <message>
        <source>What is left has to be made anew: %1</source>
        <comment>%1 says why the journal has not what a secret holds</comment>
        <translation>剩余部分必须重新制定：%1</translation>
    </message>
    <message>
        <source>undo of %1</source>
        <comment>%1 is the id of a change</comment>
        <translation>撤销 %1</translation>
    </message>
    <message>
        <source>undo of %1: %2</source>
        <comment>%1 is the id of a change, %2 why it was made</comment>
        <translation>撤销 %1：%2</translation>
    </message>
</context>
<context>
    <name>ui::ChangeText</name>
    <message>
        <source>%L1 ms</source>
        <comment>milliseconds</comment>
        <translation>%L1 毫秒</translation>
    </message>
    <message>
        <source>%L1 s</source>
        <comment>seconds</comment>
        <translation>%L1 秒</translation>
    </message>
    <message numerus="yes">
        <source>%1, %Ln fields</source>
        <comment>%1 is what is done: Apply, Patch</comment>
        <translation>
            <numerusform>%1，%Ln 个字段</numerusform>
        </translation>
    </message>
    <message>
        <source>stored, but: %1</source>
        <comment>%1 is why</comment>
        <translation>已存储，但：%1</translation>
    </message>
    <message>
        <source>gone after %1</source>
        <translation>%1 后已删除</translation>
    </message>
    <message>
        <source>done, rolled out in %1</source>
        <translation>完成，%1 内发布完毕</translation>
    </message>
    <message>
        <source>done in %1</source>
        <translation>%1 内完成</translation>
    </message>
    <message>
        <source>failed: %1</source>
        <comment>%1 is why</comment>
        <translation>失败：%1</translation>
    </message>
    <message>
        <source>unknown: %1</source>
        <comment>%1 is why</comment>
        <translation>未知：%1</translation>
    </message>
    <message>
        <source>not sent: %1</source>
        <comment>%1 is why</comment>
        <translation>未发送：%1</translation>
    </message>
    <message>
        <source>Nothing to do</source>
        <translation>无事可做</translation>
    </message>
    <message>
        <source>Nothing can be taken back</source>
        <translation>没有可以撤销的内容</translation>
    </message>
    <message numerus="yes">
        <source>%Ln refused, so nothing is applied</source>
        <translation>
            <numerusform>%Ln 项被拒绝，因此什么都不会应用</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not reached</source>
        <translation>
            <numerusform>%Ln 项无法到达</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflicts to decide</source>
        <translation>
            <numerusform>%Ln 个冲突待解决</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing would change</source>
        <translation>不会有任何变化</translation>
    </message>
    <message numerus="yes">
        <source>Dry run passed, %Ln cannot be taken back</source>
        <translation>
            <numerusform>试运行通过，%Ln 项无法撤销</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Dry run passed, %Ln checked later</source>
        <translation>
            <numerusform>试运行通过，%Ln 项稍后检查</numerusform>
        </translation>
    </message>
    <message>
        <source>Dry run passed everywhere</source>
        <translation>试运行全部通过</translation>
    </message>
    <message>
        <source>Stopping, %1 of %L2 have their result</source>
        <translation>正在停止，%L2 项中 %1 项已有结果</translation>
    </message>
    <message>
        <source>Applying, %1 of %L2 have their result</source>
        <translation>正在应用，%L2 项中 %1 项已有结果</translation>
    </message>
    <message>
        <source>Done everywhere</source>
        <translation>全部完成</translation>
    </message>
    <message numerus="yes">
        <source>Done everywhere, %Ln not verified</source>
        <translation>
            <numerusform>全部完成，%Ln 项未验证</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln done</source>
        <translation>
            <numerusform>%Ln 项完成</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln 项失败</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln unknown</source>
        <translation>
            <numerusform>%Ln 项未知</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not sent</source>
        <translation>
            <numerusform>%Ln 项未发送</numerusform>
        </translation>
    </message>
    <message>
        <source>Create</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Create %1</source>
        <comment>%1 is a subresource</comment>
        <translation>创建 %1</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Patch</source>
        <translation>修补</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Scale to %L1</source>
        <comment>%1 is a number of replicas</comment>
        <translation>扩缩到 %L1</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>重启</translation>
    </message>
    <message>
        <source>Pause rollout</source>
        <translation>暂停发布</translation>
    </message>
    <message>
        <source>Resume rollout</source>
        <translation>继续发布</translation>
    </message>
    <message numerus="yes">
        <source>Set %Ln labels</source>
        <translation>
            <numerusform>设置 %Ln 个标签</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Set %Ln annotations</source>
        <translation>
            <numerusform>设置 %Ln 个注解</numerusform>
        </translation>
    </message>
    <message>
        <source>Cordon</source>
        <translation>停止调度</translation>
    </message>
    <message>
        <source>Uncordon</source>
        <translation>恢复调度</translation>
    </message>
    <message>
        <source>Evict</source>
        <translation>驱逐</translation>
    </message>
    <message>
        <source>Delete, dependents first</source>
        <translation>删除，先删从属对象</translation>
    </message>
    <message>
        <source>Delete, dependents stay</source>
        <translation>删除，保留从属对象</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>asked…</source>
        <comment>a server, what it would do</comment>
        <translation>询问中…</translation>
    </message>
    <message>
        <source>accepted in %1</source>
        <translation>%1 内接受</translation>
    </message>
    <message numerus="yes">
        <source>%1, %Ln remarks</source>
        <comment>%1 is like accepted in 41 ms</comment>
        <translation>
            <numerusform>%1，%Ln 条备注</numerusform>
        </translation>
    </message>
    <message>
        <source>would change nothing</source>
        <translation>不会有变化</translation>
    </message>
    <message numerus="yes">
        <source>%Ln fields in conflict</source>
        <translation>
            <numerusform>%Ln 个字段冲突</numerusform>
        </translation>
    </message>
    <message>
        <source>checked once what it needs is stored</source>
        <translation>所需内容存储后再检查</translation>
    </message>
    <message>
        <source>refused: %1</source>
        <comment>%1 is why</comment>
        <translation>拒绝：%1</translation>
    </message>
    <message>
        <source>not reached</source>
        <translation>无法到达</translation>
    </message>
    <message>
        <source>was done before</source>
        <translation>之前已完成</translation>
    </message>
    <message>
        <source>taken over</source>
        <translation>已接管</translation>
    </message>
    <message>
        <source>none</source>
        <comment>fields owned by others</comment>
        <translation>无</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <comment>field and its manager</comment>
        <translation>%1，属于 %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>field by manager, and when: 3 h ago</comment>
        <translation>%1，%2</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %Ln more</source>
        <comment>%1 is a field</comment>
        <translation>
            <numerusform>%1 及另外 %Ln 个</numerusform>
        </translation>
    </message>
    <message>
        <source>waits for its turn</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>checked again…</source>
        <translation>再次检查…</translation>
    </message>
    <message>
        <source>being stored…</source>
        <translation>存储中…</translation>
    </message>
    <message>
        <source>held: %1</source>
        <comment>%1 is why</comment>
        <translation>暂缓：%1</translation>
    </message>
    <message>
        <source>no answer, reading back…</source>
        <translation>无应答，正在回读…</translation>
    </message>
    <message>
        <source>stored, waited for…</source>
        <translation>已存储，等待中…</translation>
    </message>
    <message>
        <source>stored: %1</source>
        <comment>%1 is what is waited for</comment>
        <translation>已存储：%1</translation>
    </message>
    <message>
        <source>stays until everything it owns is deleted</source>
        <translation>在其拥有的对象全部删除之前会保留</translation>
    </message>
    <message>
        <source>stays until what it owns has let go of it</source>
        <translation>在其拥有的对象解除关联之前会保留</translation>
    </message>
    <message>
        <source>stays as long as a pod uses this claim</source>
        <translation>只要有 Pod 使用此申领就会保留</translation>
    </message>
    <message>
        <source>stays as long as a claim is bound to this volume</source>
        <translation>只要有申领绑定到此卷就会保留</translation>
    </message>
    <message>
        <source>stays until everything in the namespace is gone</source>
        <translation>在命名空间内的所有对象消失之前会保留</translation>
    </message>
    <message>
        <source>stays until the cloud&apos;s load balancer is given back</source>
        <translation>在归还云负载均衡器之前会保留</translation>
    </message>
    <message>
        <source>stays until the controller behind the finalizer %1 has done its work</source>
        <translation>在终结器 %1 背后的控制器完成工作之前会保留</translation>
    </message>
    <message>
        <source>%1 manages this object and may set it back</source>
        <translation>%1 管理此对象，可能会改回</translation>
    </message>
    <message>
        <source>%1 may set %2 back</source>
        <comment>who and which field</comment>
        <translation>%1 可能会将 %2 改回</translation>
    </message>
    <message>
        <source>Reading what is there…</source>
        <translation>正在读取现有内容…</translation>
    </message>
    <message>
        <source>Dry run, %1 of %L2 answered</source>
        <translation>试运行，%L2 项中 %1 项已应答</translation>
    </message>
    <message numerus="yes">
        <source>%Ln clusters</source>
        <comment>in how many clusters</comment>
        <translation>
            <numerusform>%Ln 个集群</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln objects in %1</source>
        <comment>%1 is like 2 clusters</comment>
        <translation>
            <numerusform>%1中的 %Ln 个对象</numerusform>
        </translation>
    </message>
    <message>
        <source>%1. %2</source>
        <comment>how much is changed, how far it is</comment>
        <translation>%1。%2</translation>
    </message>
    <message>
        <source>accepted, waited for…</source>
        <translation>已接受，等待中…</translation>
    </message>
    <message>
        <source>accepted: %1</source>
        <comment>%1 is what is waited for</comment>
        <translation>已接受：%1</translation>
    </message>
    <message>
        <source>everything in the namespace is deleted with it; undo makes the namespace alone again</source>
        <translation>命名空间中的所有内容将一并删除；撤销只会重建命名空间本身</translation>
    </message>
    <message>
        <source>every object of this kind is deleted with it; undo makes the definition alone again</source>
        <translation>该类型的所有对象将一并删除；撤销只会重建定义本身</translation>
    </message>
    <message>
        <source>the volume&apos;s data may be deleted with it; undo does not bring data back</source>
        <translation>卷中的数据可能一并删除；撤销不会恢复数据</translation>
    </message>
</context>
<context>
    <name>ui::ClusterActions</name>
    <message>
        <source>Blue</source>
        <translation>蓝</translation>
    </message>
    <message>
        <source>Amber</source>
        <translation>琥珀</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>青绿</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>紫</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>粉</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿</translation>
    </message>
    <message>
        <source>Cyan</source>
        <translation>青</translation>
    </message>
    <message>
        <source>Stone</source>
        <translation>石灰</translation>
    </message>
    <message>
        <source>&amp;Browse objects</source>
        <translation>浏览对象(&amp;B)</translation>
    </message>
    <message>
        <source>Shows the objects of the chosen clusters</source>
        <translation>显示所选集群的对象</translation>
    </message>
    <message>
        <source>&amp;Connect</source>
        <translation>连接(&amp;C)</translation>
    </message>
    <message>
        <source>Connects the chosen clusters</source>
        <translation>连接所选集群</translation>
    </message>
    <message>
        <source>&amp;Disconnect</source>
        <translation>断开连接(&amp;D)</translation>
    </message>
    <message>
        <source>Disconnects the chosen clusters</source>
        <translation>断开所选集群</translation>
    </message>
    <message>
        <source>&amp;Try again now</source>
        <translation>立即重试(&amp;T)</translation>
    </message>
    <message>
        <source>Asks again at once instead of after the pause</source>
        <translation>不等间隔结束，立即再次询问</translation>
    </message>
    <message>
        <source>Connect &amp;group…</source>
        <translation>连接分组(&amp;G)…</translation>
    </message>
    <message>
        <source>Connects all clusters of a group</source>
        <translation>连接一个分组中的所有集群</translation>
    </message>
    <message>
        <source>&amp;Protected</source>
        <translation>受保护(&amp;P)</translation>
    </message>
    <message>
        <source>Marks the chosen clusters as production</source>
        <translation>将所选集群标记为生产环境</translation>
    </message>
    <message>
        <source>Connect at &amp;start</source>
        <translation>启动时连接(&amp;S)</translation>
    </message>
    <message>
        <source>Connects at start again, even where signing in runs a program</source>
        <translation>启动时再次连接，即使登录需要运行程序</translation>
    </message>
    <message>
        <source>Edit &amp;groups…</source>
        <translation>编辑分组(&amp;G)…</translation>
    </message>
    <message>
        <source>Sorts the chosen clusters into groups</source>
        <translation>将所选集群归入分组</translation>
    </message>
    <message>
        <source>Copy &amp;name</source>
        <translation>复制名称(&amp;N)</translation>
    </message>
    <message>
        <source>Actions on clusters</source>
        <translation>集群操作</translation>
    </message>
    <message>
        <source>&amp;Hue</source>
        <translation>色相(&amp;H)</translation>
    </message>
    <message>
        <source>Connect &amp;as</source>
        <translation>连接身份(&amp;A)</translation>
    </message>
    <message>
        <source>%1 (user %2)</source>
        <comment>context and user</comment>
        <translation>%1（用户 %2）</translation>
    </message>
    <message>
        <source>%1 cannot be connected: %2</source>
        <comment>cluster and reason</comment>
        <translation>无法连接 %1：%2</translation>
    </message>
    <message numerus="yes">
        <source>Connecting %Ln clusters</source>
        <translation>
            <numerusform>正在连接 %Ln 个集群</numerusform>
        </translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>分组</translation>
    </message>
    <message numerus="yes">
        <source>Groups of %Ln clusters, divided by commas:</source>
        <translation>
            <numerusform>%Ln 个集群的分组，以逗号分隔：</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copied %Ln names</source>
        <translation>
            <numerusform>已复制 %Ln 个名称</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Read-only</source>
        <translation>只读(&amp;R)</translation>
    </message>
    <message>
        <source>Nothing is written to the chosen clusters</source>
        <translation>不会写入所选集群</translation>
    </message>
</context>
<context>
    <name>ui::ClusterPanel</name>
    <message>
        <source>%1 signs in through a program</source>
        <comment>%1 is a user</comment>
        <translation>%1 通过程序登录</translation>
    </message>
    <message>
        <source>TLS is not verified: the kubeconfig says insecure-skip-tls-verify</source>
        <translation>未验证 TLS：kubeconfig 中写有 insecure-skip-tls-verify</translation>
    </message>
    <message>
        <source>pods of %1 only, others may not be read</source>
        <comment>%1 are namespaces</comment>
        <translation>仅 %1 的 Pod，其他无权读取</translation>
    </message>
    <message>
        <source>groups: %1</source>
        <translation>分组：%1</translation>
    </message>
    <message>
        <source>Chosen cluster</source>
        <translation>所选集群</translation>
    </message>
    <message>
        <source>Nodes of the chosen cluster</source>
        <translation>所选集群的节点</translation>
    </message>
    <message>
        <source>No cluster chosen</source>
        <translation>未选择集群</translation>
    </message>
    <message>
        <source>Choose a cluster above to see its nodes.</source>
        <translation>在上方选择一个集群以查看其节点。</translation>
    </message>
    <message>
        <source>Nothing is asked of this cluster until you connect it.</source>
        <translation>在您连接之前，不会向此集群询问任何内容。</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Try again now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>Waiting for the first answer.</source>
        <translation>正在等待第一个应答。</translation>
    </message>
    <message>
        <source>This cluster has no nodes.</source>
        <translation>此集群没有节点。</translation>
    </message>
</context>
<context>
    <name>ui::ClusterTable</name>
    <message>
        <source>%1 of %2</source>
        <comment>nodes ready of nodes</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 requested of %2 allocatable</source>
        <translation>已请求 %1，可分配 %2</translation>
    </message>
    <message>
        <source>%1: user %2, namespace %3, %4</source>
        <comment>context, user, namespace, file</comment>
        <translation>%1：用户 %2，命名空间 %3，%4</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Nodes ready</source>
        <translation>就绪节点</translation>
    </message>
    <message>
        <source>Pods</source>
        <translation>Pod</translation>
    </message>
    <message>
        <source>Failing</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>CPU req.</source>
        <comment>CPU requested of allocatable</comment>
        <translation>CPU 请求</translation>
    </message>
    <message>
        <source>Memory req.</source>
        <comment>memory requested of allocatable</comment>
        <translation>内存请求</translation>
    </message>
    <message>
        <source>Credentials</source>
        <translation>凭据</translation>
    </message>
    <message>
        <source>Valid until %1</source>
        <translation>有效期至 %1</translation>
    </message>
    <message>
        <source>expired</source>
        <comment>credentials</comment>
        <translation>已过期</translation>
    </message>
    <message>
        <source>d</source>
        <comment>days</comment>
        <translation>天</translation>
    </message>
    <message>
        <source>h</source>
        <comment>hours</comment>
        <translation>小时</translation>
    </message>
    <message>
        <source>min</source>
        <comment>minutes</comment>
        <translation>分</translation>
    </message>
    <message numerus="yes">
        <source>%Ln pods: %1 running, %2 pending, %3 succeeded, %4 failed</source>
        <translation>
            <numerusform>%Ln 个 Pod：%1 运行中，%2 等待中，%3 成功，%4 失败</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ClusterText</name>
    <message numerus="yes">
        <source>%Ln nodes need attention</source>
        <translation>
            <numerusform>%Ln 个节点需要注意</numerusform>
        </translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation>需要注意</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>Live, TLS not verified</source>
        <translation>在线，未验证 TLS</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>Away since %1</source>
        <translation>自 %1 起失联</translation>
    </message>
    <message>
        <source>Away since %1: %2</source>
        <comment>%2 is the reason</comment>
        <translation>自 %1 起失联：%2</translation>
    </message>
    <message>
        <source>Away since %1, last state shown</source>
        <translation>自 %1 起失联，显示最后状态</translation>
    </message>
    <message>
        <source>%1, protected</source>
        <comment>%1 is a cluster</comment>
        <translation>%1，受保护</translation>
    </message>
    <message>
        <source>Node %1</source>
        <comment>%1 is a node and its condition</comment>
        <translation>节点 %1</translation>
    </message>
    <message>
        <source>Waiting for %1…</source>
        <comment>%1 is the program that signs in</comment>
        <translation>正在等待 %1…</translation>
    </message>
    <message>
        <source>%1 may not %2 %3</source>
        <comment>%1 is a user, %2 a verb such as list, %3 resources such as pods, nodes</comment>
        <translation>%1 无权对 %3 执行 %2</translation>
    </message>
    <message>
        <source>%1, protected, read-only</source>
        <comment>%1 is a cluster</comment>
        <translation>%1，受保护，只读</translation>
    </message>
    <message>
        <source>%1, read-only</source>
        <comment>%1 is a cluster</comment>
        <translation>%1，只读</translation>
    </message>
    <message>
        <source>read-only</source>
        <comment>a cluster</comment>
        <translation>只读</translation>
    </message>
    <message>
        <source>protected</source>
        <comment>a cluster</comment>
        <translation>受保护</translation>
    </message>
</context>
<context>
    <name>ui::ColumnsDialog</name>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Space shows or hides a column; drag or move to order.</source>
        <translation>空格显示或隐藏列；拖动或移动以排序。</translation>
    </message>
</context>
<context>
    <name>ui::CommandLine</name>
    <message>
        <source>Filter or command</source>
        <translation>过滤或命令</translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>kind, page, ctx NAME or ns NAME</source>
        <translation>类型、页面、ctx 名称 或 ns 名称</translation>
    </message>
</context>
<context>
    <name>ui::CommandPalette</name>
    <message>
        <source>Command palette</source>
        <translation>命令面板</translation>
    </message>
    <message>
        <source>Page, kind, cluster, namespace or action</source>
        <translation>页面、类型、集群、命名空间或操作</translation>
    </message>
    <message>
        <source>What fits</source>
        <translation>匹配项</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
</context>
<context>
    <name>ui::ConfigPage</name>
    <message>
        <source>“%1” is no key: letters, digits, - _ and . (at most 253), not “.” and nothing that begins with “..”.</source>
        <translation>“%1” 不是有效的键：只能用字母、数字、- _ 和 .（最多 253 个），不能是“.”，也不能以“..”开头。</translation>
    </message>
    <message>
        <source>There is a key “%1” already.</source>
        <translation>键“%1”已存在。</translation>
    </message>
    <message>
        <source>All values together are %1: servers take 1 MiB at most.</source>
        <comment>%1 is a size</comment>
        <translation>所有值合计 %1：服务器最多接受 1 MiB。</translation>
    </message>
    <message>
        <source>The object is immutable.</source>
        <translation>该对象不可变。</translation>
    </message>
    <message>
        <source>Secrets of this type must have the key “%1”.</source>
        <translation>此类型的 Secret 必须有键“%1”。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a cluster: what is wrong there</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Add key</source>
        <translation>添加键</translation>
    </message>
    <message>
        <source>Rename key</source>
        <translation>重命名键</translation>
    </message>
    <message>
        <source>Add files as keys</source>
        <translation>将文件添加为键</translation>
    </message>
    <message>
        <source>Load the value from a file</source>
        <translation>从文件加载值</translation>
    </message>
    <message>
        <source>Save the value as a file</source>
        <translation>将值保存为文件</translation>
    </message>
    <message>
        <source>Could not read %1: %2</source>
        <comment>%1 is a file, %2 why</comment>
        <translation>无法读取 %1：%2</translation>
    </message>
    <message>
        <source>%1 is larger than 1 MiB, which is all that servers take.</source>
        <comment>%1 is a file</comment>
        <translation>%1 大于 1 MiB，超出服务器的上限。</translation>
    </message>
    <message>
        <source>Written to %1</source>
        <comment>%1 is a file</comment>
        <translation>已写入 %1</translation>
    </message>
    <message>
        <source>Could not write %1: %2</source>
        <comment>%1 is a file, %2 why</comment>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>The value of %1 is on the clipboard</source>
        <comment>%1 is a key</comment>
        <translation>%1 的值已在剪贴板中</translation>
    </message>
    <message>
        <source>The value of %1 is on the clipboard as base64</source>
        <comment>%1 is a key</comment>
        <translation>%1 的值已以 base64 放入剪贴板</translation>
    </message>
    <message>
        <source>The object could not be read in %1: take these clusters out of the choice, or try again.</source>
        <comment>%1 are clusters</comment>
        <translation>无法在 %1 中读取该对象：请从选择中去掉这些集群，或重试。</translation>
    </message>
    <message>
        <source>Edit keys of %1</source>
        <comment>%1 is an object</comment>
        <translation>编辑 %1 的键</translation>
    </message>
    <message>
        <source>Nothing is changed yet.</source>
        <translation>尚未更改任何内容。</translation>
    </message>
    <message>
        <source>No keys are being edited. Choose a ConfigMap or a Secret in the Browser and press X.</source>
        <translation>当前没有在编辑键。请在浏览器中选择一个 ConfigMap 或 Secret，然后按 X。</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Add key…</source>
        <translation>添加键…</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Edit as YAML</source>
        <translation>以 YAML 编辑</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>查看更改</translation>
    </message>
    <message>
        <source>Review the changed keys</source>
        <translation>查看已更改的键</translation>
    </message>
    <message>
        <source>Add a key</source>
        <translation>添加一个键</translation>
    </message>
    <message>
        <source>Rename the key</source>
        <translation>重命名该键</translation>
    </message>
    <message>
        <source>Remove the key, or keep it</source>
        <translation>移除或保留该键</translation>
    </message>
    <message>
        <source>Set the key back</source>
        <translation>还原该键</translation>
    </message>
    <message>
        <source>Reveal the value, or hide it</source>
        <translation>显示或隐藏值</translation>
    </message>
    <message>
        <source>Find in the value</source>
        <translation>在值中查找</translation>
    </message>
    <message>
        <source>Leave without a change</source>
        <translation>不更改并离开</translation>
    </message>
    <message>
        <source>Keys of %1</source>
        <comment>%1 is an object</comment>
        <translation>%1 的键</translation>
    </message>
    <message numerus="yes">
        <source>%Ln clusters</source>
        <comment>where objects are</comment>
        <translation>
            <numerusform>%Ln 个集群</numerusform>
        </translation>
    </message>
    <message>
        <source>in %1</source>
        <comment>%1 is a cluster, or 2 clusters</comment>
        <translation>在 %1 中</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>%1 is a type of secret, %2 a cluster</comment>
        <translation>%2 中的 %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a cluster: why the object could not be read there</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>This object is immutable: its keys can be looked at, but not changed. To change them, make a new object and delete this one.</source>
        <translation>此对象不可变：可以查看其键，但不能更改。要更改，请新建对象并删除此对象。</translation>
    </message>
    <message>
        <source>The object has no keys yet.</source>
        <translation>该对象还没有键。</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>What was changed in “%1” is not applied, and would be lost.</source>
        <comment>%1 is a page</comment>
        <translation>“%1”中的更改尚未应用，将会丢失。</translation>
    </message>
</context>
<context>
    <name>ui::ConfirmPanel</name>
    <message>
        <source>%1 is protected. Type its name to go on:</source>
        <comment>%1 is a cluster</comment>
        <translation>%1 受保护。要继续请输入其名称：</translation>
    </message>
    <message>
        <source>Name of the protected cluster %1</source>
        <translation>受保护集群 %1 的名称</translation>
    </message>
</context>
<context>
    <name>ui::ConflictPanel</name>
    <message>
        <source>Decide and check again</source>
        <translation>决定并重新检查</translation>
    </message>
    <message numerus="yes">
        <source>The same for %Ln further objects</source>
        <translation>
            <numerusform>另外 %Ln 个对象同样处理</numerusform>
        </translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>接管</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>共有</translation>
    </message>
    <message>
        <source>Drop mine</source>
        <translation>放弃我的</translation>
    </message>
    <message>
        <source>owned by %1, %2</source>
        <comment>manager, and when: 3 h ago</comment>
        <translation>属于 %1，%2</translation>
    </message>
    <message>
        <source>owned by %1</source>
        <comment>a manager of fields</comment>
        <translation>属于 %1</translation>
    </message>
    <message>
        <source>there %1, wanted %2</source>
        <comment>two values of a field</comment>
        <translation>现为 %1，想要 %2</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>How the conflict over %1 ends</source>
        <comment>%1 is a field</comment>
        <translation>如何解决 %1 的冲突</translation>
    </message>
    <message numerus="yes">
        <source>%Ln fields belong to others</source>
        <translation>
            <numerusform>%Ln 个字段属于其他管理者</numerusform>
        </translation>
    </message>
    <message>
        <source>Take over: your value is written and the field is yours; its manager loses it and may complain.</source>
        <translation>接管：写入您的值，字段归您；原管理者失去它，并可能报错。</translation>
    </message>
    <message>
        <source>Share: the value that is there stays, and both own it from then on.</source>
        <translation>共有：保留现有的值，此后双方共同拥有。</translation>
    </message>
    <message>
        <source>Drop mine: the field stays as it is and with its manager.</source>
        <translation>放弃我的：字段保持不变，仍属原管理者。</translation>
    </message>
    <message>
        <source>hidden</source>
        <comment>a value of a secret</comment>
        <translation>已隐藏</translation>
    </message>
</context>
<context>
    <name>ui::ContainerSection</name>
    <message>
        <source>Image</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Image pull</source>
        <translation>拉取镜像</translation>
    </message>
    <message>
        <source>Add variable</source>
        <translation>添加变量</translation>
    </message>
    <message>
        <source>Take this variable away</source>
        <translation>移除此变量</translation>
    </message>
    <message>
        <source>the server&apos;s choice</source>
        <translation>由服务器决定</translation>
    </message>
    <message>
        <source>always</source>
        <translation>总是</translation>
    </message>
    <message>
        <source>if not there</source>
        <translation>本地没有时</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Arguments</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>the image&apos;s</source>
        <translation>镜像自带的</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>环境变量</translation>
    </message>
    <message>
        <source>Readiness probe</source>
        <translation>就绪探针</translation>
    </message>
    <message>
        <source>Liveness probe</source>
        <translation>存活探针</translation>
    </message>
    <message>
        <source>Startup probe</source>
        <translation>启动探针</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Add port</source>
        <translation>添加端口</translation>
    </message>
    <message>
        <source>Take this port away</source>
        <translation>移除此端口</translation>
    </message>
    <message>
        <source>Environment from</source>
        <translation>环境变量来源</translation>
    </message>
    <message>
        <source>Add source</source>
        <translation>添加来源</translation>
    </message>
    <message>
        <source>Take this source away</source>
        <translation>移除此来源</translation>
    </message>
    <message>
        <source>Volume mounts</source>
        <translation>卷挂载</translation>
    </message>
    <message>
        <source>Add mount</source>
        <translation>添加挂载</translation>
    </message>
    <message>
        <source>Take this mount away</source>
        <translation>移除此挂载</translation>
    </message>
</context>
<context>
    <name>ui::ContainersSection</name>
    <message>
        <source>Containers</source>
        <translation>容器</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Add a container</source>
        <translation>添加一个容器</translation>
    </message>
    <message>
        <source>Take the container in front away</source>
        <translation>移除当前显示的容器</translation>
    </message>
    <message>
        <source>without a name</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>%1 (init)</source>
        <comment>a container that runs before the others</comment>
        <translation>%1（初始化）</translation>
    </message>
</context>
<context>
    <name>ui::CopyQuestion</name>
    <message>
        <source>Copy files</source>
        <translation>复制文件</translation>
    </message>
    <message numerus="yes">
        <source>Copy %Ln files or folders into %1?</source>
        <comment>%1 is a folder</comment>
        <translation>
            <numerusform>将 %Ln 个文件或文件夹复制到 %1？</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them are in %1 already. Replace them?</source>
        <comment>%1 is a folder</comment>
        <translation>
            <numerusform>其中 %Ln 个已存在于 %1。要替换吗？</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>以及另外 %Ln 条</numerusform>
        </translation>
    </message>
    <message>
        <source>Of folders, files of the same name are replaced; what is equal is not sent, and nothing is deleted.</source>
        <translation>文件夹中同名的文件会被替换；内容相同的不会传输，也不会删除任何文件。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Copy only the others</source>
        <translation>只复制其余的</translation>
    </message>
</context>
<context>
    <name>ui::DebugDialog</name>
    <message>
        <source>Debug container</source>
        <translation>调试容器</translation>
    </message>
    <message>
        <source>none</source>
        <comment>of the containers</comment>
        <translation>无</translation>
    </message>
    <message>
        <source>general: may trace processes</source>
        <translation>general：可跟踪进程</translation>
    </message>
    <message>
        <source>baseline: nothing beyond other containers</source>
        <translation>baseline：不超出其他容器的权限</translation>
    </message>
    <message>
        <source>restricted: no root, no capability</source>
        <translation>restricted：非 root，无 capability</translation>
    </message>
    <message>
        <source>netadmin: may change the pod&apos;s network</source>
        <translation>netadmin：可更改 Pod 的网络</translation>
    </message>
    <message>
        <source>sysadmin: all that root on the node may</source>
        <translation>sysadmin：节点上 root 的全部权限</translation>
    </message>
    <message>
        <source>what the image runs</source>
        <translation>镜像默认运行的命令</translation>
    </message>
    <message>
        <source>&amp;Image:</source>
        <translation>镜像(&amp;I)：</translation>
    </message>
    <message>
        <source>Sees the &amp;processes of:</source>
        <translation>可见其进程的容器(&amp;P)：</translation>
    </message>
    <message>
        <source>P&amp;rofile:</source>
        <translation>配置(&amp;R)：</translation>
    </message>
    <message>
        <source>&amp;Command:</source>
        <translation>命令(&amp;C)：</translation>
    </message>
    <message>
        <source>It stays in the pod until the pod ends. Once it runs, a terminal joins it.</source>
        <translation>它会留在 Pod 中直到 Pod 结束。运行后会有终端接入。</translation>
    </message>
</context>
<context>
    <name>ui::DebugFollowUp</name>
    <message>
        <source>%1 runs, and a terminal has joined it.</source>
        <comment>a container</comment>
        <translation>%1 正在运行，终端已接入。</translation>
    </message>
    <message>
        <source>%1 has ended with exit code %2: %3</source>
        <comment>a container, a number, why</comment>
        <translation>%1 已结束，退出码 %2：%3</translation>
    </message>
    <message>
        <source>%1 has not started yet (%2). Attach to it once it runs.</source>
        <comment>a container, why</comment>
        <translation>%1 尚未启动（%2）。运行后请附加到它。</translation>
    </message>
    <message>
        <source>the node says nothing of it</source>
        <translation>节点没有给出任何信息</translation>
    </message>
    <message>
        <source>The cluster is not connected.</source>
        <translation>集群未连接。</translation>
    </message>
    <message>
        <source>%1 runs. The window that asked for it is closed, so that no terminal has joined it: attach to it.</source>
        <comment>a container</comment>
        <translation>%1 已运行。请求它的窗口已关闭，因此没有终端加入；请手动附加。</translation>
    </message>
</context>
<context>
    <name>ui::DeleteDialog</name>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>What is deleted</source>
        <translation>要删除的对象</translation>
    </message>
    <message>
        <source>What becomes of what it owns</source>
        <translation>如何处理其拥有的对象</translation>
    </message>
    <message>
        <source>What it owns is deleted after it (background)</source>
        <translation>其拥有的对象随后删除（后台）</translation>
    </message>
    <message>
        <source>What it owns is deleted before it (foreground)</source>
        <translation>其拥有的对象先删除（前台）</translation>
    </message>
    <message>
        <source>What it owns stays, without an owner (orphan)</source>
        <translation>其拥有的对象保留，不再有所有者（孤立）</translation>
    </message>
    <message>
        <source>The sheet tells what holds it, and who would make it again. Nothing is deleted before that.</source>
        <translation>更改页会说明是什么阻止删除，以及谁会重新创建它。在此之前什么都不会删除。</translation>
    </message>
</context>
<context>
    <name>ui::DetailsPanel</name>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Parts of the details</source>
        <translation>详情的各部分</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Related</source>
        <comment>tab: owners and owned objects</comment>
        <translation>关联</translation>
    </message>
    <message>
        <source>YAML</source>
        <translation>YAML</translation>
    </message>
    <message>
        <source>Close the details (Esc)</source>
        <translation>关闭详情（Esc）</translation>
    </message>
    <message>
        <source>Close the details</source>
        <translation>关闭详情</translation>
    </message>
    <message>
        <source>Events %1</source>
        <comment>tab; %1 is how many</comment>
        <translation>事件 %1</translation>
    </message>
    <message>
        <source>Deleted. This is its state of %1.</source>
        <comment>%1 is a moment</comment>
        <translation>已删除。这是它在 %1 的状态。</translation>
    </message>
    <message>
        <source>%1. This is its state of %2.</source>
        <comment>%1 is why it could not be read again, %2 a moment</comment>
        <translation>%1。这是它在 %2 的状态。</translation>
    </message>
    <message>
        <source>Reading…</source>
        <comment>an object is being read</comment>
        <translation>正在读取…</translation>
    </message>
</context>
<context>
    <name>ui::DiffView</name>
    <message>
        <source>Before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>之后</translation>
    </message>
    <message numerus="yes">
        <source>⋯ %Ln equal lines</source>
        <translation>
            <numerusform>⋯ %Ln 行相同</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::DrainDialog</name>
    <message>
        <source>Drain</source>
        <translation>排空</translation>
    </message>
    <message>
        <source>&amp;Leave the pods of DaemonSets where they are</source>
        <translation>保留 DaemonSet 的 Pod(&amp;L)</translation>
    </message>
    <message>
        <source>Also pods whose data in &amp;emptyDir volumes is lost</source>
        <translation>也包括会丢失 emptyDir 数据的 Pod(&amp;E)</translation>
    </message>
    <message>
        <source>Also pods that &amp;no controller makes again</source>
        <translation>也包括没有控制器重建的 Pod(&amp;N)</translation>
    </message>
    <message>
        <source>The node takes no new pods from then on. A drain may be stopped, and gone on with from the journal.</source>
        <translation>此后该节点不再接收新的 Pod。排空可以停止，并可从操作记录中继续。</translation>
    </message>
    <message>
        <source>None of the nodes takes new pods from then on; one after the other is emptied. A drain may be stopped, and gone on with from the journal.</source>
        <translation>此后这些节点都不再接收新的 Pod；节点逐个清空。排空可以停止，并可从操作记录中继续。</translation>
    </message>
    <message>
        <source>Pods on these nodes</source>
        <translation>这些节点上的 Pod</translation>
    </message>
    <message>
        <source>no end</source>
        <comment>how long a drain waits for a pod</comment>
        <translation>不限</translation>
    </message>
    <message>
        <source> min</source>
        <comment>minutes, behind a number</comment>
        <translation> 分钟</translation>
    </message>
    <message>
        <source>as each pod says</source>
        <comment>how long a pod has to end</comment>
        <translation>按各 Pod 的设置</translation>
    </message>
    <message>
        <source> s</source>
        <comment>seconds, behind a number</comment>
        <translation> 秒</translation>
    </message>
    <message>
        <source>&amp;Wait for each pod at most:</source>
        <translation>每个 Pod 最多等待(&amp;W)：</translation>
    </message>
    <message>
        <source>&amp;Time that pods get to end:</source>
        <translation>Pod 的终止宽限时间(&amp;T)：</translation>
    </message>
    <message>
        <source>Reading what runs there…</source>
        <translation>正在读取节点上的 Pod…</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a node, an error</comment>
        <translation>%1：%2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln pods are evicted</source>
        <translation>
            <numerusform>将驱逐 %Ln 个 Pod</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln stay</source>
        <comment>pods</comment>
        <translation>
            <numerusform>%Ln 个留下</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln are in the way: allow below what may happen to them</source>
        <comment>pods</comment>
        <translation>
            <numerusform>%Ln 个阻碍排空：请在下方允许对它们的处理</numerusform>
        </translation>
    </message>
    <message>
        <source>some disruption budgets may not be read</source>
        <translation>部分中断预算无权读取</translation>
    </message>
</context>
<context>
    <name>ui::DrainFollowUp</name>
    <message>
        <source>%1 could not be looked at again: %2</source>
        <comment>a node, an error</comment>
        <translation>无法再次查看 %1：%2</translation>
    </message>
    <message>
        <source>%1 is drained.</source>
        <comment>a node</comment>
        <translation>%1 已排空。</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %Ln others</source>
        <comment>the first pods</comment>
        <translation>
            <numerusform>%1 以及另外 %Ln 个</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 has pods that came since the drain was planned; drain it again: %2</source>
        <comment>a node, its pods</comment>
        <translation>%1 上有制定排空计划之后才到来的 Pod，请再次排空：%2</translation>
    </message>
</context>
<context>
    <name>ui::EditorPage</name>
    <message>
        <source>The messages say what has to be mended first.</source>
        <translation>请先按下面的提示修正。</translation>
    </message>
    <message>
        <source>The object could not be read in %1: take these clusters out of the choice, or try again.</source>
        <comment>%1 are clusters</comment>
        <translation>无法在 %1 中读取该对象：请从选择中去掉这些集群，或重试。</translation>
    </message>
    <message>
        <source>Nothing is changed yet.</source>
        <translation>尚未作任何更改。</translation>
    </message>
    <message>
        <source>Nothing stands here yet.</source>
        <translation>这里还没有内容。</translation>
    </message>
    <message>
        <source>Choose at least one cluster.</source>
        <translation>请至少选择一个集群。</translation>
    </message>
    <message>
        <source>Create %1</source>
        <comment>%1 is an object</comment>
        <translation>创建 %1</translation>
    </message>
    <message numerus="yes">
        <source>Create %Ln objects</source>
        <translation>
            <numerusform>创建 %Ln 个对象</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changes</source>
        <comment>in a text</comment>
        <translation>
            <numerusform>%Ln 处更改</numerusform>
        </translation>
    </message>
    <message>
        <source>Line %L1: %2</source>
        <comment>a place in a text: what is wrong there</comment>
        <translation>第 %L1 行：%2</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Nothing is being edited. Choose an object in the Browser and press E, or make new ones with Ctrl+N.</source>
        <translation>没有正在编辑的内容。在浏览器中选择一个对象并按 E，或用 Ctrl+N 新建对象。</translation>
    </message>
    <message>
        <source>as written, or each context&apos;s</source>
        <translation>按所写，否则为各上下文的命名空间</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>&amp;Clusters:</source>
        <translation>集群(&amp;C)：</translation>
    </message>
    <message>
        <source>&amp;Namespace:</source>
        <translation>命名空间(&amp;N)：</translation>
    </message>
    <message>
        <source>The values of this secret are hidden. A line that says &lt;hidden&gt; keeps its value.</source>
        <translation>此 Secret 的值已隐藏。写着 &lt;hidden&gt; 的行保持原值。</translation>
    </message>
    <message>
        <source>Show values</source>
        <translation>显示值</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Dry run</source>
        <translation>试运行</translation>
    </message>
    <message>
        <source>Find in YAML</source>
        <translation>在 YAML 中查找</translation>
    </message>
    <message>
        <source>Replace in YAML</source>
        <translation>在 YAML 中替换</translation>
    </message>
    <message>
        <source>Find next</source>
        <translation>查找下一个</translation>
    </message>
    <message>
        <source>Find previous</source>
        <translation>查找上一个</translation>
    </message>
    <message>
        <source>Next message</source>
        <translation>下一条消息</translation>
    </message>
    <message>
        <source>Previous message</source>
        <translation>上一条消息</translation>
    </message>
    <message>
        <source>Propose what fits here</source>
        <translation>提示此处可写的内容</translation>
    </message>
    <message>
        <source>Leave without a change</source>
        <translation>不作更改并离开</translation>
    </message>
    <message>
        <source>Editor</source>
        <translation>编辑器</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <comment>%1 is an object</comment>
        <translation>编辑 %1</translation>
    </message>
    <message>
        <source>Clone %1</source>
        <comment>%1 is an object</comment>
        <translation>克隆 %1</translation>
    </message>
    <message>
        <source>Create from YAML</source>
        <translation>从 YAML 创建</translation>
    </message>
    <message>
        <source>Choose clusters</source>
        <translation>选择集群</translation>
    </message>
    <message numerus="yes">
        <source>%Ln clusters</source>
        <comment>where objects are</comment>
        <translation>
            <numerusform>%Ln 个集群</numerusform>
        </translation>
    </message>
    <message>
        <source>in %1</source>
        <comment>%1 is a cluster, or 2 clusters</comment>
        <translation>在 %1 中</translation>
    </message>
    <message>
        <source>Clusters: %1</source>
        <translation>集群：%1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a cluster: why the object could not be read there</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>What the cluster wrote into the object is left out.</source>
        <translation>集群写入该对象的内容已略去。</translation>
    </message>
    <message>
        <source>What the cluster wrote into the object is left out, and besides: %1</source>
        <comment>%1 are fields</comment>
        <translation>集群写入该对象的内容已略去，此外还有：%1</translation>
    </message>
    <message>
        <source>No cluster</source>
        <translation>不选集群</translation>
    </message>
    <message>
        <source>Connected clusters</source>
        <translation>已连接的集群</translation>
    </message>
    <message>
        <source>What was written in “%1” is not applied, and would be lost.</source>
        <comment>%1 is a page</comment>
        <translation>“%1”中写入的内容尚未应用，将会丢失。</translation>
    </message>
    <message>
        <source>A form beside the YAML, for workloads and autoscalers</source>
        <translation>YAML 旁的表单，适用于工作负载和自动伸缩器</translation>
    </message>
    <message>
        <source>&amp;Form</source>
        <translation>表单(&amp;F)</translation>
    </message>
    <message>
        <source>Form beside the YAML</source>
        <translation>YAML 旁的表单</translation>
    </message>
    <message>
        <source>Edit keys</source>
        <translation>编辑键</translation>
    </message>
</context>
<context>
    <name>ui::EmptyFleet</name>
    <message>
        <source>No kubeconfig with a context was found.</source>
        <translation>未找到含有上下文的 kubeconfig。</translation>
    </message>
    <message>
        <source>Looked for, as kubectl does:</source>
        <translation>已按 kubectl 的方式查找：</translation>
    </message>
    <message>
        <source>Put your kubeconfig there, or name it by KUBECONFIG or --kubeconfig and start again. A file that appears is read by itself. To look around without a cluster of your own, start quarterdeck --demo.</source>
        <translation>请将 kubeconfig 放在那里，或通过 KUBECONFIG 或 --kubeconfig 指定后重新启动。文件出现后会自动读取。没有自己的集群也想看看，请运行 quarterdeck --demo。</translation>
    </message>
</context>
<context>
    <name>ui::EnvFromRow</name>
    <message>
        <source>Where the variables are from</source>
        <translation>变量来源</translation>
    </message>
    <message>
        <source>Name of the object</source>
        <translation>对象名称</translation>
    </message>
    <message>
        <source>Prefix of the names</source>
        <translation>名称前缀</translation>
    </message>
    <message>
        <source>name</source>
        <comment>of an object</comment>
        <translation>名称</translation>
    </message>
    <message>
        <source>prefix</source>
        <comment>of names of variables</comment>
        <translation>前缀</translation>
    </message>
</context>
<context>
    <name>ui::EnvRow</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Where the value is from</source>
        <translation>值的来源</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Name of the object</source>
        <translation>对象名称</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>as the YAML says</source>
        <translation>以 YAML 为准</translation>
    </message>
    <message>
        <source>NAME</source>
        <comment>of a variable</comment>
        <translation>名称</translation>
    </message>
    <message>
        <source>name</source>
        <comment>of an object</comment>
        <translation>名称</translation>
    </message>
    <message>
        <source>key</source>
        <comment>of an object&apos;s data</comment>
        <translation>键</translation>
    </message>
    <message>
        <source>ConfigMap key</source>
        <translation>ConfigMap 键</translation>
    </message>
    <message>
        <source>Secret key</source>
        <translation>Secret 键</translation>
    </message>
    <message>
        <source>Pod field</source>
        <translation>Pod 字段</translation>
    </message>
</context>
<context>
    <name>ui::ErrorText</name>
    <message>
        <source>Cannot be understood</source>
        <translation>无法理解</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>Not found: %1</source>
        <comment>%1 is a resource</comment>
        <translation>未找到：%1</translation>
    </message>
    <message>
        <source>Host name not found</source>
        <translation>找不到主机名</translation>
    </message>
    <message>
        <source>Connection refused</source>
        <translation>连接被拒绝</translation>
    </message>
    <message>
        <source>Connection cut or no route</source>
        <translation>连接中断或无路由</translation>
    </message>
    <message>
        <source>No answer in time</source>
        <translation>未及时应答</translation>
    </message>
    <message>
        <source>Credentials expired</source>
        <translation>凭据已过期</translation>
    </message>
    <message>
        <source>Credentials missing or refused</source>
        <translation>凭据缺失或被拒绝</translation>
    </message>
    <message>
        <source>Not allowed</source>
        <translation>无权限</translation>
    </message>
    <message>
        <source>Not allowed to %1 %2</source>
        <comment>%1 is a verb such as list, %2 a resource such as pods</comment>
        <translation>无权对 %2 执行 %1</translation>
    </message>
    <message>
        <source>Changed by somebody else meanwhile</source>
        <translation>期间已被他人更改</translation>
    </message>
    <message>
        <source>The server no longer has that state</source>
        <translation>服务器已不再保留该状态</translation>
    </message>
    <message>
        <source>The server asks to slow down</source>
        <translation>服务器要求放慢速度</translation>
    </message>
    <message>
        <source>The server failed</source>
        <translation>服务器出错</translation>
    </message>
    <message>
        <source>The server failed (HTTP %1)</source>
        <translation>服务器出错（HTTP %1）</translation>
    </message>
    <message>
        <source>The answer is not Kubernetes</source>
        <translation>应答不是来自 Kubernetes</translation>
    </message>
    <message>
        <source>Sign-in program failed</source>
        <translation>登录程序失败</translation>
    </message>
    <message>
        <source>Not served by this cluster</source>
        <translation>此集群不提供</translation>
    </message>
    <message>
        <source>%1 is not served by this cluster</source>
        <comment>%1 is a resource</comment>
        <translation>此集群不提供 %1</translation>
    </message>
    <message>
        <source>A local file failed</source>
        <translation>本地文件出错</translation>
    </message>
    <message>
        <source>Something went wrong inside Quarterdeck</source>
        <translation>Quarterdeck 内部出错</translation>
    </message>
    <message>
        <source>Mend the entry in the kubeconfig; it is read again by itself.</source>
        <translation>请修正 kubeconfig 中的条目；它会自动重新读取。</translation>
    </message>
    <message>
        <source>Check the server&apos;s name in the kubeconfig and whether the VPN is up.</source>
        <translation>请检查 kubeconfig 中的服务器名称以及 VPN 是否已连接。</translation>
    </message>
    <message>
        <source>Check the network or the VPN; it is tried again by itself.</source>
        <translation>请检查网络或 VPN；将自动重试。</translation>
    </message>
    <message>
        <source>Log in again or renew the credentials; the kubeconfig is read again by itself.</source>
        <translation>请重新登录或更新凭据；kubeconfig 会自动重新读取。</translation>
    </message>
    <message>
        <source>Ask the cluster&apos;s administrator for a role with this right, or choose a namespace you may read.</source>
        <translation>请向集群管理员申请具有此权限的角色，或选择您可读取的命名空间。</translation>
    </message>
    <message>
        <source>Run the sign-in program in a terminal to see what it says.</source>
        <translation>请在终端中运行登录程序，查看其输出。</translation>
    </message>
    <message>
        <source>It is tried again by itself.</source>
        <translation>将自动重试。</translation>
    </message>
    <message>
        <source>Check the server&apos;s address in the kubeconfig: something else answers there.</source>
        <translation>请检查 kubeconfig 中的服务器地址：应答的是别的程序。</translation>
    </message>
    <message>
        <source>No secure connection (TLS)</source>
        <translation>无法建立安全连接（TLS）</translation>
    </message>
    <message>
        <source>Check the server&apos;s address and certificate-authority in the kubeconfig, or whether a proxy stands between.</source>
        <translation>请检查 kubeconfig 中的服务器地址和 certificate-authority，或者中间是否有代理。</translation>
    </message>
</context>
<context>
    <name>ui::EventsView</name>
    <message>
        <source>Seen</source>
        <comment>column title: how long ago an event was seen last</comment>
        <translation>出现</translation>
    </message>
    <message>
        <source>Reason</source>
        <comment>column title</comment>
        <translation>原因</translation>
    </message>
    <message>
        <source>Message</source>
        <comment>column title</comment>
        <translation>消息</translation>
    </message>
    <message>
        <source>Count</source>
        <comment>column title: how often an event was seen</comment>
        <translation>次数</translation>
    </message>
    <message>
        <source>Events of this object</source>
        <translation>此对象的事件</translation>
    </message>
    <message>
        <source>No events about this object. Kubernetes keeps events for an hour.</source>
        <translation>没有关于此对象的事件。Kubernetes 保留事件一小时。</translation>
    </message>
    <message>
        <source>Reading events…</source>
        <translation>正在读取事件…</translation>
    </message>
</context>
<context>
    <name>ui::FileCopyTable</name>
    <message>
        <source>container: %1</source>
        <comment>%1 is a folder in a container</comment>
        <translation>容器：%1</translation>
    </message>
    <message>
        <source>this machine: %1</source>
        <comment>%1 is a file or folder</comment>
        <translation>本机：%1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>bytes copied, bytes in all</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>files copied, files in all</comment>
        <translation>%1 / %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files copied</source>
        <translation>
            <numerusform>已复制 %Ln 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing to copy: all %1 are equal on both sides</source>
        <comment>%1 counts files</comment>
        <translation>无需复制：%1 个文件两边都相同</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files copied, %1 skipped as equal</source>
        <comment>%1 counts files</comment>
        <translation>
            <numerusform>已复制 %Ln 个文件，%1 个相同而跳过</numerusform>
        </translation>
    </message>
    <message>
        <source>Waits for the ones before</source>
        <translation>等待前面的复制完成</translation>
    </message>
    <message>
        <source>Compares both sides</source>
        <translation>正在比较两边</translation>
    </message>
    <message>
        <source>Copies %1</source>
        <translation>正在复制 %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out</source>
        <comment>files</comment>
        <translation>
            <numerusform>略去 %Ln 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancelled; what has arrived whole stays</source>
        <translation>已取消；已完整到达的文件会保留</translation>
    </message>
    <message>
        <source>Copied</source>
        <comment>the file or folder that is</comment>
        <translation>内容</translation>
    </message>
    <message>
        <source>To</source>
        <comment>where it is copied to</comment>
        <translation>目标</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files copied, compared by size alone</source>
        <translation>
            <numerusform>已复制 %Ln 个文件，仅按大小比较</numerusform>
        </translation>
    </message>
    <message>
        <source>The container has no program that takes checksums (sha256sum, md5sum, cksum).</source>
        <translation>容器中没有计算校验和的程序（sha256sum、md5sum、cksum）。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files copied, some could not be read</source>
        <translation>
            <numerusform>已复制 %Ln 个文件，部分无法读取</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <comment>files left out</comment>
        <translation>
            <numerusform>以及另外 %Ln 个</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::FileErrorText</name>
    <message>
        <source>The container has no shell (sh), through which files are reached</source>
        <translation>容器中没有 shell（sh），而文件要通过它访问</translation>
    </message>
    <message>
        <source>Not allowed to run commands in the container (create pods/exec)</source>
        <translation>无权在容器中运行命令（create pods/exec）</translation>
    </message>
    <message>
        <source>Choose another container of the pod: one that has a shell, and in which the same volume is mounted.</source>
        <translation>请选择该 Pod 的另一个容器：其中有 shell，并挂载了相同的卷。</translation>
    </message>
    <message>
        <source>Files are reached by commands in the container: ask the cluster&apos;s administrator for the right to create pods/exec.</source>
        <translation>文件通过容器中的命令访问：请向集群管理员申请 pods/exec 的 create 权限。</translation>
    </message>
    <message>
        <source>Choose a folder that the container&apos;s user may read.</source>
        <translation>请选择容器用户可以读取的文件夹。</translation>
    </message>
    <message>
        <source>Try again: what has arrived whole is not sent again.</source>
        <translation>请重试：已完整到达的文件不会再次传输。</translation>
    </message>
</context>
<context>
    <name>ui::FilePane</name>
    <message>
        <source>Up</source>
        <comment>to the folder above</comment>
        <translation>上一级</translation>
    </message>
    <message>
        <source>To the folder above (Backspace)</source>
        <translation>到上一级文件夹（Backspace）</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Path of a folder</source>
        <translation>文件夹路径</translation>
    </message>
    <message>
        <source>Nothing is shown yet</source>
        <translation>尚无内容</translation>
    </message>
    <message>
        <source>Reads the folder…</source>
        <translation>正在读取文件夹…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Nothing to be seen in this folder</source>
        <translation>此文件夹中没有可显示的内容</translation>
    </message>
    <message>
        <source>Hidden files are left out; Ctrl+H shows them.</source>
        <translation>隐藏文件未显示；按 Ctrl+H 显示。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files and folders</source>
        <translation>
            <numerusform>%Ln 个文件和文件夹</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln chosen, %1 in files</source>
        <comment>%1 is a size</comment>
        <translation>
            <numerusform>已选 %Ln 项，文件共 %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::FileTreeModel</name>
    <message>
        <source>being read</source>
        <comment>a folder</comment>
        <translation>读取中</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <comment>a folder</comment>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Modified</source>
        <comment>when a file was changed last</comment>
        <translation>修改时间</translation>
    </message>
    <message>
        <source>Mode</source>
        <comment>rwxr-xr-x</comment>
        <translation>权限</translation>
    </message>
</context>
<context>
    <name>ui::FileViewer</name>
    <message>
        <source>The first %1 of it, read only</source>
        <comment>%1 is a size</comment>
        <translation>开头的 %1，只读</translation>
    </message>
    <message>
        <source>%1, read only</source>
        <comment>%1 is a size</comment>
        <translation>%1，只读</translation>
    </message>
    <message>
        <source>%1, read only; it holds bytes that are no text</source>
        <comment>%1 is a size</comment>
        <translation>%1，只读；含有非文本字节</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ui::FilesPage</name>
    <message>
        <source>There is no folder on the other side to copy into.</source>
        <translation>另一边没有可复制到的文件夹。</translation>
    </message>
    <message>
        <source>Choose the files to copy first.</source>
        <translation>请先选择要复制的文件。</translation>
    </message>
    <message>
        <source>No container is chosen</source>
        <translation>尚未选择容器</translation>
    </message>
    <message>
        <source>Choose a pod in the Browser and press F for the files of its containers.</source>
        <translation>在浏览器中选择一个 Pod，按 F 查看其容器中的文件。</translation>
    </message>
    <message>
        <source>This machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Copy to the container</source>
        <translation>复制到容器</translation>
    </message>
    <message>
        <source>Copies what is chosen into the container&apos;s folder (F5)</source>
        <translation>将所选内容复制到容器的文件夹（F5）</translation>
    </message>
    <message>
        <source>Container</source>
        <translation>容器</translation>
    </message>
    <message>
        <source>Copy to this machine</source>
        <translation>复制到本机</translation>
    </message>
    <message>
        <source>Copies what is chosen into this machine&apos;s folder (F5)</source>
        <translation>将所选内容复制到本机的文件夹（F5）</translation>
    </message>
    <message>
        <source>The container whose files are shown</source>
        <translation>显示其文件的容器</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>复制任务</translation>
    </message>
    <message>
        <source>View</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>The first megabyte of a file as text</source>
        <translation>以文本查看文件开头的 1 MB</translation>
    </message>
    <message>
        <source>Copy to the other side</source>
        <translation>复制到另一边</translation>
    </message>
    <message>
        <source>Copies what is chosen into the folder on the other side</source>
        <translation>将所选内容复制到另一边的文件夹</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Reads the folders of both sides again</source>
        <translation>重新读取两边的文件夹</translation>
    </message>
    <message>
        <source>Hidden files</source>
        <translation>隐藏文件</translation>
    </message>
    <message>
        <source>Shows files whose names begin with a dot, too</source>
        <translation>同时显示名称以点开头的文件</translation>
    </message>
    <message>
        <source>Go to a path</source>
        <translation>转到路径</translation>
    </message>
    <message>
        <source>Edits the path of the side that has the keyboard</source>
        <translation>编辑当前一边的路径</translation>
    </message>
    <message>
        <source>To the folder above</source>
        <translation>到上一级文件夹</translation>
    </message>
    <message>
        <source>To the other side</source>
        <translation>到另一边</translation>
    </message>
    <message>
        <source>Cancel copy</source>
        <translation>取消复制</translation>
    </message>
    <message>
        <source>Ends the copy; what has arrived whole stays</source>
        <translation>结束复制；已完整到达的文件会保留</translation>
    </message>
    <message>
        <source>Copy again</source>
        <translation>再次复制</translation>
    </message>
    <message>
        <source>Sends what has not arrived yet</source>
        <translation>传输尚未到达的文件</translation>
    </message>
    <message>
        <source>Clear the list of copies</source>
        <translation>清空复制列表</translation>
    </message>
    <message>
        <source>Forgets the copies that are over</source>
        <translation>移除已结束的复制</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>%1, container %2</source>
        <comment>a cluster, a container</comment>
        <translation>%1，容器 %2</translation>
    </message>
    <message numerus="yes">
        <source>%n copies are under way, and would be cut.</source>
        <translation>
            <numerusform>有 %n 个复制正在进行，将会中断。</numerusform>
        </translation>
    </message>
    <message>
        <source>Looks for the pod&apos;s containers…</source>
        <translation>正在查找 Pod 的容器…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>%1 is read-only here: nothing is written into its containers</source>
        <comment>%1 is a cluster</comment>
        <translation>%1 在此处为只读：不会向其容器写入任何内容</translation>
    </message>
    <message>
        <source>read-only cluster</source>
        <translation>只读集群</translation>
    </message>
    <message>
        <source>protected cluster</source>
        <translation>受保护的集群</translation>
    </message>
</context>
<context>
    <name>ui::FindBar</name>
    <message>
        <source>Find in YAML</source>
        <translation>在 YAML 中查找</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>替换为</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Replace all</source>
        <translation>全部替换</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>未找到</translation>
    </message>
    <message numerus="yes">
        <source>%Ln replaced</source>
        <comment>places in a text</comment>
        <translation>
            <numerusform>已替换 %Ln 处</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::FindingText</name>
    <message>
        <source>%1, required</source>
        <comment>%1 is the type of a field</comment>
        <translation>%1，必填</translation>
    </message>
    <message>
        <source>%1, default %2</source>
        <comment>%1 is the type of a field</comment>
        <translation>%1，默认 %2</translation>
    </message>
    <message>
        <source>the object</source>
        <comment>where a field is missing</comment>
        <translation>该对象</translation>
    </message>
    <message>
        <source>%1: there is no such field</source>
        <translation>%1：没有这个字段</translation>
    </message>
    <message>
        <source>%1: there is no such field; did you mean %2?</source>
        <translation>%1：没有这个字段；是否想写 %2？</translation>
    </message>
    <message>
        <source>%1: must be of type %2</source>
        <comment>%1 is a field</comment>
        <translation>%1：类型必须是 %2</translation>
    </message>
    <message>
        <source>%1: the field %2 is missing</source>
        <translation>%1：缺少字段 %2</translation>
    </message>
    <message>
        <source>%1: must be one of %2</source>
        <comment>%1 is a field</comment>
        <translation>%1：必须是以下之一：%2</translation>
    </message>
    <message>
        <source>%1: is not of the form %2</source>
        <comment>%1 is a field, %2 like quantity, time or base64</comment>
        <translation>%1：不符合 %2 的格式</translation>
    </message>
    <message>
        <source>%1: too large for %2</source>
        <comment>%1 is a field, %2 like int32</comment>
        <translation>%1：超出 %2 的范围</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>a field, and its type</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a field with its type: what it is</comment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>ui::FleetPage</name>
    <message>
        <source>Clusters</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>清除过滤</translation>
    </message>
    <message>
        <source>No cluster matches %1</source>
        <translation>没有集群匹配 %1</translation>
    </message>
    <message>
        <source>Fleet</source>
        <translation>舰队</translation>
    </message>
    <message numerus="yes">
        <source>%Ln connected</source>
        <translation>
            <numerusform>已连接 %Ln 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln clusters. %1</source>
        <comment>%1 is how many are connected</comment>
        <translation>
            <numerusform>%Ln 个集群。%1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln clusters shown. %2</source>
        <comment>%2 is how many are connected</comment>
        <translation>
            <numerusform>显示 %1 / %Ln 个集群。%2</numerusform>
        </translation>
    </message>
    <message>
        <source>filter clusters: provider:aws pods&gt;500 …</source>
        <translation>过滤集群：provider:aws pods&gt;500 …</translation>
    </message>
    <message numerus="yes">
        <source>%Ln further problems</source>
        <translation>
            <numerusform>另有 %Ln 个问题</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::FootBar</name>
    <message>
        <source>State of the program</source>
        <translation>程序状态</translation>
    </message>
    <message>
        <source>Memory of this program</source>
        <translation>本程序的内存</translation>
    </message>
    <message>
        <source>No cluster connected</source>
        <translation>未连接集群</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln clusters live</source>
        <comment>how many of those connected</comment>
        <translation>
            <numerusform>%1 / %Ln 个集群在线</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln objects</source>
        <translation>
            <numerusform>%Ln 个对象</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2 events/min</source>
        <comment>%1 is a count of objects in words</comment>
        <translation>%1，%2 事件/分</translation>
    </message>
    <message>
        <source>Last change %1</source>
        <comment>%1 is like 2 s ago</comment>
        <translation>最近变更：%1</translation>
    </message>
    <message>
        <source>Read-only everywhere</source>
        <translation>全部只读</translation>
    </message>
    <message>
        <source>Nothing is written to any cluster: the settings say so</source>
        <translation>不会写入任何集群：设置如此规定</translation>
    </message>
</context>
<context>
    <name>ui::FormLine</name>
    <message>
        <source>“%1” is no whole number</source>
        <translation>“%1”不是整数</translation>
    </message>
    <message>
        <source>“%1” is no quantity; 500m, 2 and 512Mi are</source>
        <translation>“%1”不是数量；500m、2、512Mi 才是</translation>
    </message>
    <message>
        <source>“%1” is neither a port&apos;s number nor its name</source>
        <translation>“%1”既不是端口号也不是端口名</translation>
    </message>
    <message>
        <source>a quote is left open</source>
        <translation>引号没有闭合</translation>
    </message>
    <message>
        <source>write key=value, with blanks between</source>
        <translation>请写 键=值，以空格分隔</translation>
    </message>
    <message>
        <source>all pods</source>
        <translation>所有 Pod</translation>
    </message>
    <message>
        <source>no pods: write app=web, tier in (a,b)</source>
        <translation>未选中 Pod：可写 app=web, tier in (a,b)</translation>
    </message>
    <message>
        <source>as the YAML says</source>
        <translation>以 YAML 为准</translation>
    </message>
    <message>
        <source>“%1” is no whole number from %2 on</source>
        <translation>“%1”不是不小于 %2 的整数</translation>
    </message>
    <message>
        <source>“%1” is no whole number from %2 to %3</source>
        <translation>“%1”不是 %2 到 %3 之间的整数</translation>
    </message>
    <message>
        <source>write labels as in “app=web, tier in (a,b), disk, !old”</source>
        <translation>请按此写标签：“app=web, tier in (a,b), disk, !old”</translation>
    </message>
    <message>
        <source>write labels as in “zone in (a,b), disk!=hdd, gpu, !old, cores&gt;4”</source>
        <translation>请按此写标签：“zone in (a,b), disk!=hdd, gpu, !old, cores&gt;4”</translation>
    </message>
</context>
<context>
    <name>ui::FormPanel</name>
    <message>
        <source>Form</source>
        <translation>表单</translation>
    </message>
</context>
<context>
    <name>ui::FormRow</name>
    <message>
        <source>In the YAML alone: %1</source>
        <comment>names of fields</comment>
        <translation>仅在 YAML 中：%1</translation>
    </message>
</context>
<context>
    <name>ui::FormSection</name>
    <message>
        <source>%1: %2. Not written.</source>
        <comment>a field, what is wrong with what was typed into it</comment>
        <translation>%1：%2。未写入。</translation>
    </message>
</context>
<context>
    <name>ui::FormText</name>
    <message>
        <source>The text does not say of which kind it is.</source>
        <translation>文本没有说明是哪种类型。</translation>
    </message>
    <message>
        <source>There is no form for %1 (%2).</source>
        <comment>a kind, its version</comment>
        <translation>%1（%2）没有表单。</translation>
    </message>
    <message>
        <source>The form waits until the text can be read: %1</source>
        <translation>文本可读后表单才可用：%1</translation>
    </message>
</context>
<context>
    <name>ui::Format</name>
    <message>
        <source>now</source>
        <comment>when something changed last</comment>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <comment>seconds</comment>
        <translation>%1 秒前</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <comment>minutes</comment>
        <translation>%1 分钟前</translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <comment>hours</comment>
        <translation>%1 小时前</translation>
    </message>
    <message>
        <source>%1 d ago</source>
        <comment>days</comment>
        <translation>%1 天前</translation>
    </message>
    <message>
        <source>cores</source>
        <comment>unit of CPU</comment>
        <translation>核</translation>
    </message>
</context>
<context>
    <name>ui::ForwardDialog</name>
    <message>
        <source>Forward port</source>
        <translation>转发端口</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>an object, a cluster</comment>
        <translation>%2 中的 %1</translation>
    </message>
    <message>
        <source>&amp;Cluster:</source>
        <translation>集群(&amp;C)：</translation>
    </message>
    <message>
        <source>&amp;Kind:</source>
        <translation>类型(&amp;K)：</translation>
    </message>
    <message>
        <source>Na&amp;mespace:</source>
        <translation>命名空间(&amp;M)：</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>名称(&amp;N)：</translation>
    </message>
    <message>
        <source>&amp;Port of the target:</source>
        <translation>目标的端口(&amp;P)：</translation>
    </message>
    <message>
        <source>any that is free</source>
        <translation>任一空闲端口</translation>
    </message>
    <message>
        <source>&amp;Local port:</source>
        <translation>本地端口(&amp;L)：</translation>
    </message>
    <message>
        <source>&amp;Start it again at the next start</source>
        <translation>下次启动时再次开始(&amp;S)</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>转发</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>No cluster is connected.</source>
        <translation>没有已连接的集群。</translation>
    </message>
    <message>
        <source>The port is open on this machine alone. Connections go to a pod that runs; when it is gone, new ones go to the next.</source>
        <translation>该端口只在本机打开。连接通向一个运行中的 Pod；它消失后，新连接通向下一个。</translation>
    </message>
    <message>
        <source>Its ports could not be read: %1</source>
        <comment>%1 is why</comment>
        <translation>无法读取它的端口：%1</translation>
    </message>
</context>
<context>
    <name>ui::ForwardTable</name>
    <message>
        <source>at start</source>
        <comment>this port-forward is started again at the next start</comment>
        <translation>启动时</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Waits until the cluster is connected</source>
        <translation>等待集群连接</translation>
    </message>
    <message>
        <source>Looks for its pod</source>
        <translation>正在寻找 Pod</translation>
    </message>
    <message>
        <source>Leads to %1</source>
        <comment>%1 is a pod</comment>
        <translation>通向 %1</translation>
    </message>
    <message>
        <source>Waits for a pod</source>
        <translation>等待 Pod</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>connections open of those since the start</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>no pod of it is running</source>
        <translation>它没有正在运行的 Pod</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Port</source>
        <comment>of the target</comment>
        <translation>端口</translation>
    </message>
    <message>
        <source>Local address</source>
        <translation>本地地址</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Connections</source>
        <comment>open of all so far</comment>
        <translation>连接</translation>
    </message>
    <message>
        <source>Sent</source>
        <comment>bytes to the pod</comment>
        <translation>已发送</translation>
    </message>
    <message>
        <source>Received</source>
        <comment>bytes from the pod</comment>
        <translation>已接收</translation>
    </message>
    <message>
        <source>Last error</source>
        <translation>最近的错误</translation>
    </message>
</context>
<context>
    <name>ui::GrantsTable</name>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Kind</source>
        <comment>of a subject: User, Group, ServiceAccount</comment>
        <translation>类型</translation>
    </message>
    <message>
        <source>Subject</source>
        <comment>whom a role binding names</comment>
        <translation>主体</translation>
    </message>
    <message>
        <source>Where</source>
        <comment>where a role binding holds</comment>
        <translation>生效范围</translation>
    </message>
    <message>
        <source>whole cluster</source>
        <comment>where a role binding holds</comment>
        <translation>整个集群</translation>
    </message>
    <message>
        <source>Through binding</source>
        <translation>通过绑定</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
</context>
<context>
    <name>ui::GrantsView</name>
    <message>
        <source>Who can</source>
        <translation>谁可以</translation>
    </message>
    <message>
        <source>Members of the group %1 may do everything, whatever the roles say.</source>
        <comment>%1 is a group&apos;s name</comment>
        <translation>无论角色如何规定，%1 组的成员都可以做任何事。</translation>
    </message>
    <message>
        <source>%1 names %2, which does not exist</source>
        <comment>%1 is a role binding, %2 a role</comment>
        <translation>%1 引用了不存在的 %2</translation>
    </message>
    <message>
        <source>No role lets anybody %1</source>
        <comment>%1 is a verb and a resource</comment>
        <translation>没有角色允许任何人 %1</translation>
    </message>
    <message>
        <source>Members of the group %1 may all the same.</source>
        <comment>%1 is a group&apos;s name</comment>
        <translation>%1 组的成员仍然可以。</translation>
    </message>
</context>
<context>
    <name>ui::GroupDialog</name>
    <message>
        <source>Connect group</source>
        <translation>连接分组</translation>
    </message>
    <message>
        <source>Every cluster</source>
        <translation>所有集群</translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln not connected</source>
        <comment>%1 is a group of clusters</comment>
        <translation>
            <numerusform>%1：%Ln 个未连接</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>(%Ln run a sign-in program)</source>
        <translation>
            <numerusform>（%Ln 个需运行登录程序）</numerusform>
        </translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Clusters are sorted into groups by Edit groups… in their menu.</source>
        <translation>通过集群菜单中的“编辑分组…”将集群归入分组。</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ui::HelpDialog</name>
    <message>
        <source>Keys of %1</source>
        <comment>%1 is a page</comment>
        <translation>%1 的按键</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Enter</source>
        <comment>a key</comment>
        <translation>回车</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Esc</source>
        <comment>a key</comment>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Back: empties the filter, closes what was opened</source>
        <translation>返回：清空过滤，关闭已打开的内容</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>所有页面</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>过滤</translation>
    </message>
    <message>
        <source>rows with the one word, without the other</source>
        <translation>包含前一个词而不含后一个词的行</translation>
    </message>
    <message>
        <source>a column&apos;s value</source>
        <translation>某列的值</translation>
    </message>
    <message>
        <source>more, less; ages and quantities are understood</source>
        <translation>大于、小于；可识别时长和数量</translation>
    </message>
    <message>
        <source>a label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>a regular expression</source>
        <translation>正则表达式</translation>
    </message>
    <message>
        <source>combined</source>
        <translation>组合</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ui::HistoryDialog</name>
    <message>
        <source>Revisions</source>
        <translation>修订版本</translation>
    </message>
    <message>
        <source>Choose one revision of each cluster to go back to it. Pods are made anew, one after the other.</source>
        <translation>在每个集群中选择一个修订版本以回到该版本。Pod 将逐个重新创建。</translation>
    </message>
    <message>
        <source>Reading the revisions…</source>
        <translation>正在读取修订版本…</translation>
    </message>
    <message>
        <source>One revision of each cluster, please.</source>
        <translation>请在每个集群中只选择一个修订版本。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a cluster, an error</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>No revisions are kept.</source>
        <translation>没有保留任何修订版本。</translation>
    </message>
    <message>
        <source>This is what is rolled out now.</source>
        <translation>这就是当前部署的版本。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln workloads go back.</source>
        <translation>
            <numerusform>%Ln 个工作负载将回滚。</numerusform>
        </translation>
    </message>
    <message>
        <source>Now</source>
        <translation>当前</translation>
    </message>
    <message>
        <source>Now, revision %1</source>
        <translation>当前，修订版本 %1</translation>
    </message>
    <message>
        <source>Revision %1</source>
        <translation>修订版本 %1</translation>
    </message>
</context>
<context>
    <name>ui::IntentLine</name>
    <message>
        <source>Why</source>
        <comment>a change is made</comment>
        <translation>原因</translation>
    </message>
    <message>
        <source>Why: ticket, incident… (optional)</source>
        <translation>原因：工单、事件……（可选）</translation>
    </message>
</context>
<context>
    <name>ui::JournalFilter</name>
    <message>
        <source>results are done, failed, not-sent, unknown, sending</source>
        <translation>结果可为 done、failed、not-sent、unknown、sending</translation>
    </message>
    <message>
        <source>verbs are %1</source>
        <translation>操作有 %1</translation>
    </message>
</context>
<context>
    <name>ui::JournalModel</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>操作者</translation>
    </message>
    <message>
        <source>Act</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Change</source>
        <comment>the change that a line of the journal belongs to</comment>
        <translation>更改</translation>
    </message>
</context>
<context>
    <name>ui::JournalPage</name>
    <message>
        <source>Journal</source>
        <translation>操作记录</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>Undo…</source>
        <translation>撤销…</translation>
    </message>
    <message>
        <source>Takes the whole change back that this line belongs to, as a change of its own</source>
        <translation>将此行所属的整个更改作为新的更改撤销</translation>
    </message>
    <message>
        <source>Go on…</source>
        <translation>继续…</translation>
    </message>
    <message>
        <source>Does what is left of the change that this line belongs to</source>
        <translation>完成此行所属更改的剩余部分</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Writes all lines that match as CSV or JSON</source>
        <translation>将所有匹配的行写为 CSV 或 JSON</translation>
    </message>
    <message>
        <source>Next difference</source>
        <translation>下一处差异</translation>
    </message>
    <message>
        <source>Previous difference</source>
        <translation>上一处差异</translation>
    </message>
    <message>
        <source>Fold equal lines, or show them</source>
        <translation>折叠或显示相同的行</translation>
    </message>
    <message numerus="yes">
        <source>%Ln lines</source>
        <comment>of the journal</comment>
        <translation>
            <numerusform>%Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 so far, more as you scroll</source>
        <translation>目前 %1，滚动时显示更多</translation>
    </message>
    <message>
        <source>filter the journal: shop/web cluster:houston result:failed</source>
        <translation>筛选操作记录：shop/web cluster:houston result:failed</translation>
    </message>
    <message>
        <source>Nothing was done from this machine yet. Every change made here or with qdctl is written down before it is sent.</source>
        <translation>此计算机尚未执行任何更改。在这里或用 qdctl 所做的每个更改都会在发送前记录。</translation>
    </message>
    <message>
        <source>No line matches %1</source>
        <translation>没有与 %1 匹配的行</translation>
    </message>
    <message>
        <source>%1 · %2 in %3</source>
        <comment>act, object, cluster</comment>
        <translation>%1 · %3 中的 %2</translation>
    </message>
    <message>
        <source>Before: it was not there</source>
        <translation>之前：不存在</translation>
    </message>
    <message>
        <source>After: gone</source>
        <translation>之后：已删除</translation>
    </message>
    <message>
        <source>As the server would have stored it</source>
        <translation>服务器本会存储的内容</translation>
    </message>
    <message>
        <source>Actions on a line of the journal</source>
        <translation>对操作记录中一行的操作</translation>
    </message>
    <message>
        <source>Show the object</source>
        <translation>显示对象</translation>
    </message>
    <message>
        <source>Undo: %1</source>
        <comment>%1 is what was done</comment>
        <translation>撤销：%1</translation>
    </message>
    <message>
        <source>Export the journal</source>
        <translation>导出操作记录</translation>
    </message>
    <message>
        <source>CSV table (*.csv)</source>
        <comment>a kind of file</comment>
        <translation>CSV 表格 (*.csv)</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <comment>a kind of file</comment>
        <translation>JSON (*.json)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln lines written to %1</source>
        <comment>%1 is a file</comment>
        <translation>
            <numerusform>已将 %Ln 行写入 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Could not write %1: %2</source>
        <comment>%1 is a file, %2 why</comment>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>搜索中…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <comment>the journal</comment>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>The journal cannot be read, and without it nothing can be changed.</source>
        <translation>无法读取操作记录；没有操作记录就不能做任何更改。</translation>
    </message>
</context>
<context>
    <name>ui::JournalSummary</name>
    <message>
        <source>all verified</source>
        <translation>全部已验证</translation>
    </message>
    <message numerus="yes">
        <source>%Ln unknown</source>
        <comment>results of writes</comment>
        <translation>
            <numerusform>%Ln 项未知</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <comment>results of writes</comment>
        <translation>
            <numerusform>%Ln 项失败</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln under way</source>
        <comment>writes</comment>
        <translation>
            <numerusform>%Ln 项进行中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not sent</source>
        <comment>writes</comment>
        <translation>
            <numerusform>%Ln 项未发送</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Journal: %Ln acts today, %1</source>
        <comment>%1 is how they ended</comment>
        <translation>
            <numerusform>操作记录：今天 %Ln 次操作，%1</numerusform>
        </translation>
    </message>
    <message>
        <source>Journal: cannot be read</source>
        <translation>操作记录：无法读取</translation>
    </message>
</context>
<context>
    <name>ui::JournalWords</name>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>done: %1</source>
        <translation>完成：%1</translation>
    </message>
    <message>
        <source>failed: %1</source>
        <comment>%1 is why</comment>
        <translation>失败：%1</translation>
    </message>
    <message>
        <source>unknown: %1</source>
        <comment>%1 is why</comment>
        <translation>未知：%1</translation>
    </message>
    <message>
        <source>being sent…</source>
        <translation>发送中…</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>未发送</translation>
    </message>
    <message>
        <source>not sent: %1</source>
        <comment>%1 is why</comment>
        <translation>未发送：%1</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Patch</source>
        <translation>修补</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>扩缩</translation>
    </message>
    <message>
        <source>Evict</source>
        <translation>驱逐</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>%1 with %2, as %3</source>
        <comment>person, program, user of the kubeconfig</comment>
        <translation>%1 使用 %2，身份 %3</translation>
    </message>
    <message>
        <source>%1; sent %2</source>
        <comment>who, when</comment>
        <translation>%1；发送于 %2</translation>
    </message>
    <message>
        <source>%1; the server&apos;s clock said %2</source>
        <translation>%1；服务器时钟为 %2</translation>
    </message>
    <message>
        <source>under way…</source>
        <translation>进行中…</translation>
    </message>
    <message>
        <source>Run</source>
        <comment>a command in a container</comment>
        <translation>运行命令</translation>
    </message>
    <message>
        <source>Attach</source>
        <translation>附加</translation>
    </message>
    <message>
        <source>Forward ports</source>
        <translation>转发端口</translation>
    </message>
    <message>
        <source>Copy files</source>
        <translation>复制文件</translation>
    </message>
    <message>
        <source>Why: %1</source>
        <comment>%1 is an operator&apos;s reason</comment>
        <translation>原因：%1</translation>
    </message>
</context>
<context>
    <name>ui::KeyDialog</name>
    <message>
        <source>&amp;Key:</source>
        <translation>键(&amp;K)：</translation>
    </message>
    <message>
        <source>Letters, digits, - _ and . as in a file&apos;s name.</source>
        <translation>字母、数字、- _ 和 .，与文件名相同。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ui::KeyTable</name>
    <message>
        <source>text</source>
        <comment>kind of a value</comment>
        <translation>文本</translation>
    </message>
    <message>
        <source>binary</source>
        <comment>kind of a value</comment>
        <translation>二进制</translation>
    </message>
    <message>
        <source>certificate, damaged</source>
        <translation>证书，已损坏</translation>
    </message>
    <message>
        <source>certificate, %1</source>
        <comment>%1 is: 12 days left</comment>
        <translation>证书，%1</translation>
    </message>
    <message>
        <source>is taken away</source>
        <comment>a key</comment>
        <translation>将移除</translation>
    </message>
    <message>
        <source>new</source>
        <comment>a key</comment>
        <translation>新增</translation>
    </message>
    <message>
        <source>was %1</source>
        <comment>the name of a key before</comment>
        <translation>原为 %1</translation>
    </message>
    <message>
        <source>changed</source>
        <comment>the value of a key</comment>
        <translation>已更改</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message numerus="yes">
        <source>expired %Ln days ago</source>
        <comment>a certificate</comment>
        <translation>
            <numerusform>已过期 %Ln 天</numerusform>
        </translation>
    </message>
    <message>
        <source>ends within a day</source>
        <comment>a certificate</comment>
        <translation>一天内到期</translation>
    </message>
    <message numerus="yes">
        <source>ends in %Ln days</source>
        <comment>a certificate</comment>
        <translation>
            <numerusform>%Ln 天后到期</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln days left</source>
        <comment>a certificate</comment>
        <translation>
            <numerusform>剩余 %Ln 天</numerusform>
        </translation>
    </message>
    <message>
        <source>differs</source>
        <comment>a value, between clusters</comment>
        <translation>各集群不同</translation>
    </message>
    <message>
        <source>not everywhere</source>
        <comment>a key, in some clusters only</comment>
        <translation>部分集群没有</translation>
    </message>
</context>
<context>
    <name>ui::KeysDialog</name>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Annotate</source>
        <translation>注解</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Annotations</source>
        <translation>注解</translation>
    </message>
    <message>
        <source>&amp;Labels:</source>
        <translation>标签(&amp;L)：</translation>
    </message>
    <message>
        <source>&amp;Annotations:</source>
        <translation>注解(&amp;A)：</translation>
    </message>
    <message>
        <source>key=value sets, key- takes away; blanks divide, and a value with blanks stands in quotes.</source>
        <translation>key=value 设置，key- 移除；以空格分隔，含空格的值放在引号中。</translation>
    </message>
</context>
<context>
    <name>ui::KindGroups</name>
    <message>
        <source>Favourites</source>
        <comment>heading over kinds of objects</comment>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Workloads</source>
        <comment>heading over kinds of objects</comment>
        <translation>工作负载</translation>
    </message>
    <message>
        <source>Config</source>
        <comment>heading over kinds of objects</comment>
        <translation>配置</translation>
    </message>
    <message>
        <source>Network</source>
        <comment>heading over kinds of objects</comment>
        <translation>网络</translation>
    </message>
    <message>
        <source>Storage</source>
        <comment>heading over kinds of objects</comment>
        <translation>存储</translation>
    </message>
    <message>
        <source>Access</source>
        <comment>heading over kinds of objects</comment>
        <translation>访问</translation>
    </message>
    <message>
        <source>Cluster</source>
        <comment>heading over kinds of objects</comment>
        <translation>集群</translation>
    </message>
    <message>
        <source>Custom</source>
        <comment>heading over kinds of objects</comment>
        <translation>自定义</translation>
    </message>
</context>
<context>
    <name>ui::KindModel</name>
    <message>
        <source>Group %1</source>
        <comment>read aloud; %1 is a heading over kinds</comment>
        <translation>分组 %1</translation>
    </message>
    <message>
        <source>%1, %2 objects</source>
        <comment>read aloud; %1 is a kind</comment>
        <translation>%1，%2 个对象</translation>
    </message>
</context>
<context>
    <name>ui::KindPanel</name>
    <message>
        <source>Find kind</source>
        <comment>placeholder of the line that searches in kinds</comment>
        <translation>查找类型</translation>
    </message>
    <message>
        <source>Kinds of objects</source>
        <translation>对象类型</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Remove from favourites</source>
        <translation>移出收藏</translation>
    </message>
    <message>
        <source>Add to favourites</source>
        <translation>加入收藏</translation>
    </message>
    <message>
        <source>Kinds appear here once a cluster has said which ones it has.</source>
        <translation>集群告知其支持的类型后，会显示在这里。</translation>
    </message>
    <message>
        <source>No kind is called “%1”</source>
        <comment>%1 was typed</comment>
        <translation>没有名为“%1”的类型</translation>
    </message>
</context>
<context>
    <name>ui::LineDetails</name>
    <message>
        <source>Fields of the line</source>
        <translation>该行的字段</translation>
    </message>
    <message>
        <source>The line as it was written</source>
        <translation>原始行文本</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <comment>time, pod/container, cluster</comment>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>Enter looks for lines with this value</source>
        <translation>按 Enter 查找具有此值的行</translation>
    </message>
</context>
<context>
    <name>ui::LogFacets</name>
    <message>
        <source>Levels and sources</source>
        <translation>级别与来源</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>Sources in %1</source>
        <comment>pods and containers; %1 is a cluster</comment>
        <translation>%1 中的来源</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>source, what went wrong</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1: has ended</source>
        <comment>%1 is pod/container</comment>
        <translation>%1：已结束</translation>
    </message>
</context>
<context>
    <name>ui::LogHistogram</name>
    <message>
        <source>Lines over time</source>
        <translation>行数随时间的分布</translation>
    </message>
    <message>
        <source>%1 · drag to look at a stretch of time, double-click for all</source>
        <translation>%1 · 拖动查看一段时间，双击查看全部</translation>
    </message>
    <message numerus="yes">
        <source>%1 · %Ln lines</source>
        <comment>a time; lines from then on in one bar</comment>
        <translation>
            <numerusform>%1 · %Ln 行</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::LogView</name>
    <message>
        <source>Lines of the logs</source>
        <translation>日志行</translation>
    </message>
</context>
<context>
    <name>ui::LogWords</name>
    <message>
        <source>no level</source>
        <comment>of a line in a log</comment>
        <translation>无级别</translation>
    </message>
    <message>
        <source>trace</source>
        <comment>level of a line in a log</comment>
        <translation>跟踪</translation>
    </message>
    <message>
        <source>debug</source>
        <comment>level of a line in a log</comment>
        <translation>调试</translation>
    </message>
    <message>
        <source>info</source>
        <comment>level of a line in a log</comment>
        <translation>信息</translation>
    </message>
    <message>
        <source>warning</source>
        <comment>level of a line in a log</comment>
        <translation>警告</translation>
    </message>
    <message>
        <source>error</source>
        <comment>level of a line in a log</comment>
        <translation>错误</translation>
    </message>
    <message>
        <source>fatal</source>
        <comment>level of a line in a log</comment>
        <translation>致命</translation>
    </message>
    <message>
        <source>%1 (previous run)</source>
        <comment>%1 is pod/container</comment>
        <translation>%1（上次运行）</translation>
    </message>
    <message>
        <source>%1 (init)</source>
        <comment>%1 is pod/container</comment>
        <translation>%1（初始化）</translation>
    </message>
</context>
<context>
    <name>ui::LogsLabelDialog</name>
    <message>
        <source>Logs by label</source>
        <translation>按标签查看日志</translation>
    </message>
    <message>
        <source>Label selector</source>
        <translation>标签选择器</translation>
    </message>
    <message>
        <source>&amp;Clusters:</source>
        <translation>集群(&amp;C)：</translation>
    </message>
    <message>
        <source>&amp;Namespaces:</source>
        <translation>命名空间(&amp;N)：</translation>
    </message>
    <message>
        <source>&amp;Label selector:</source>
        <translation>标签选择器(&amp;L)：</translation>
    </message>
    <message>
        <source>Pods that come later are shown, too. The selector is written as kubectl takes it; a comma means that both must hold.</source>
        <translation>之后出现的 Pod 也会显示。选择器的写法与 kubectl 相同；逗号表示两个条件都须满足。</translation>
    </message>
    <message>
        <source>Show logs</source>
        <translation>显示日志</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Clusters: %1</source>
        <translation>集群：%1</translation>
    </message>
    <message>
        <source>Namespaces: %1</source>
        <translation>命名空间：%1</translation>
    </message>
    <message>
        <source>No cluster is connected.</source>
        <translation>没有已连接的集群。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln pods match now.</source>
        <translation>
            <numerusform>目前有 %Ln 个 Pod 匹配。</numerusform>
        </translation>
    </message>
    <message>
        <source>No pod matches now.</source>
        <translation>目前没有 Pod 匹配。</translation>
    </message>
    <message>
        <source>Its selector could not be read: %1</source>
        <comment>%1 is why</comment>
        <translation>无法读取其选择器：%1</translation>
    </message>
</context>
<context>
    <name>ui::LogsPage</name>
    <message>
        <source>History…</source>
        <translation>历史…</translation>
    </message>
    <message>
        <source>How much of what was written before is read</source>
        <translation>读取多少先前写入的内容</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Writes the lines shown as text or JSON lines</source>
        <translation>将显示的行写为文本或 JSON 行</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>The lines chosen, as they were written</source>
        <translation>所选的行，按原样</translation>
    </message>
    <message>
        <source>Back</source>
        <comment>closes what was opened last</comment>
        <translation>返回</translation>
    </message>
    <message>
        <source>Close the details, show all times, clear the filter</source>
        <translation>关闭详情、显示全部时间、清除筛选</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>跟随</translation>
    </message>
    <message>
        <source>Stay at the newest line; scrolling up lets go</source>
        <translation>停留在最新一行；向上滚动即停止跟随</translation>
    </message>
    <message>
        <source>Wrap</source>
        <translation>换行</translation>
    </message>
    <message>
        <source>Long lines over several rows</source>
        <translation>长行折为多行</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>The time in front of each line</source>
        <translation>在每行前显示时间</translation>
    </message>
    <message>
        <source>As written</source>
        <translation>原样</translation>
    </message>
    <message>
        <source>JSON lines as they were written, not message first</source>
        <translation>按原样显示 JSON 行，而非消息优先</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>The fields of the line and all of its text</source>
        <translation>该行的字段及全部文本</translation>
    </message>
    <message>
        <source>Lines around</source>
        <translation>前后各行</translation>
    </message>
    <message>
        <source>All lines around this one, without the filter; again: with it</source>
        <translation>不经筛选显示此行前后的所有行；再按一次恢复筛选</translation>
    </message>
    <message>
        <source>This minute</source>
        <translation>这一分钟</translation>
    </message>
    <message>
        <source>Only lines within half a minute of this one</source>
        <translation>仅显示与此行相距半分钟内的行</translation>
    </message>
    <message>
        <source>All levels, sources and times</source>
        <translation>全部级别、来源和时间</translation>
    </message>
    <message>
        <source>Choose levels and sources</source>
        <translation>选择级别与来源</translation>
    </message>
    <message>
        <source>Read previous runs too, or not</source>
        <translation>是否也读取先前的运行</translation>
    </message>
    <message>
        <source>The log of each container before its last restart</source>
        <translation>每个容器上次重启之前的日志</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Mark the line, or take the mark away</source>
        <translation>标记该行或取消标记</translation>
    </message>
    <message>
        <source>No more marks that way</source>
        <translation>该方向上没有更多标记</translation>
    </message>
    <message>
        <source>Next mark</source>
        <translation>下一个标记</translation>
    </message>
    <message>
        <source>Previous mark</source>
        <translation>上一个标记</translation>
    </message>
    <message numerus="yes">
        <source>Copied %Ln lines</source>
        <translation>
            <numerusform>已复制 %Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>Save the lines shown</source>
        <translation>保存显示的行</translation>
    </message>
    <message>
        <source>Text (*.log)</source>
        <translation>文本 (*.log)</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl)</source>
        <translation>JSON 行 (*.jsonl)</translation>
    </message>
    <message numerus="yes">
        <source>Wrote %Ln lines to %1</source>
        <translation>
            <numerusform>已将 %Ln 行写入 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 could not be written: %2</source>
        <comment>file, why</comment>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>The last 1,000 lines of each source</source>
        <translation>每个来源的最后 1,000 行</translation>
    </message>
    <message>
        <source>The last 10,000 lines of each source</source>
        <translation>每个来源的最后 10,000 行</translation>
    </message>
    <message>
        <source>The last 15 minutes</source>
        <translation>最近 15 分钟</translation>
    </message>
    <message>
        <source>The last hour</source>
        <translation>最近一小时</translation>
    </message>
    <message>
        <source>The last day</source>
        <translation>最近一天</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Actions on a line</source>
        <translation>对一行的操作</translation>
    </message>
    <message>
        <source>Show all lines</source>
        <translation>显示所有行</translation>
    </message>
    <message>
        <source>Open the Browser</source>
        <translation>打开浏览器</translation>
    </message>
    <message>
        <source>Logs of %1</source>
        <comment>%1 is an object or several</comment>
        <translation>%1 的日志</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>%1 of %2 lines match</source>
        <translation>%2 行中有 %1 行匹配</translation>
    </message>
    <message>
        <source>%1 so far</source>
        <comment>%1 is a count in words</comment>
        <translation>目前 %1</translation>
    </message>
    <message>
        <source>%1 lines, %2 of %3 sources open</source>
        <comment>counts</comment>
        <translation>%1 行，%3 个来源中 %2 个已打开</translation>
    </message>
    <message>
        <source>filter lines: timeout -debug level&gt;=warn pod:web status=500 /time(d )?out/</source>
        <translation>筛选行：timeout -debug level&gt;=warn pod:web status=500 /time(d )?out/</translation>
    </message>
    <message>
        <source>Choose pods or workloads in the Browser and press L: their lines are shown here as one, over all clusters.</source>
        <translation>在浏览器中选择 Pod 或工作负载并按 L：它们的日志行会跨所有集群合并显示在这里。</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在搜索…</translation>
    </message>
    <message>
        <source>No line is shown of the levels, sources and times chosen</source>
        <translation>所选的级别、来源和时间内没有行</translation>
    </message>
    <message>
        <source>No line matches %1</source>
        <translation>没有行匹配 %1</translation>
    </message>
    <message>
        <source>Nothing was written yet. Lines appear as they come.</source>
        <translation>尚未写入任何内容。新的行会随到随显。</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>All lines around the one chosen. Esc goes back to the filter.</source>
        <translation>所选行前后的所有行。按 Esc 返回筛选。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln streams were cut and go on by themselves</source>
        <comment>of lines</comment>
        <translation>
            <numerusform>%Ln 个流被中断，将自动继续</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sources may not be read</source>
        <translation>
            <numerusform>%Ln 个来源无权读取</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sources do not answer yet and are asked again</source>
        <translation>
            <numerusform>%Ln 个来源尚未应答，将再次请求</numerusform>
        </translation>
    </message>
    <message>
        <source>The oldest %1 lines were given up: the room for lines is full</source>
        <translation>最旧的 %1 行已被舍弃：行的存储空间已满</translation>
    </message>
    <message>
        <source>These lines are read once their clusters are connected.</source>
        <translation>集群连接后即读取这些日志行。</translation>
    </message>
    <message>
        <source>all namespaces</source>
        <translation>所有命名空间</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>a label selector; namespaces and clusters</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>By label…</source>
        <translation>按标签…</translation>
    </message>
    <message>
        <source>The lines of all pods that have the labels you choose</source>
        <translation>具有所选标签的所有 Pod 的日志行</translation>
    </message>
    <message>
        <source>Lines over time</source>
        <translation>随时间分布的行</translation>
    </message>
    <message>
        <source>Left and Right go over it, Enter chooses a time</source>
        <translation>左右键移动，回车选择时间</translation>
    </message>
    <message>
        <source>Choose by label…</source>
        <translation>按标签选择…</translation>
    </message>
    <message>
        <source>No pod matches %1 now. Lines appear once one comes.</source>
        <comment>%1 is a label selector</comment>
        <translation>目前没有 Pod 匹配 %1。一旦出现，日志行就会显示。</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>放大文字</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>缩小文字</translation>
    </message>
    <message>
        <source>Text of normal size</source>
        <translation>恢复文字大小</translation>
    </message>
    <message>
        <source>Copied the first %1 of %2 lines. Save… writes all that are shown to a file.</source>
        <comment>counts</comment>
        <translation>已复制 %2 行中的前 %1 行。用“保存…”可将显示的所有行写入文件。</translation>
    </message>
</context>
<context>
    <name>ui::MainWindow</name>
    <message>
        <source>&amp;Filter</source>
        <translation>过滤(&amp;F)</translation>
    </message>
    <message>
        <source>Co&amp;mmand: kind or page</source>
        <translation>命令：类型或页面(&amp;M)</translation>
    </message>
    <message>
        <source>Go to &amp;anything</source>
        <translation>转到任意处(&amp;A)</translation>
    </message>
    <message>
        <source>Choose &amp;clusters</source>
        <translation>选择集群(&amp;C)</translation>
    </message>
    <message>
        <source>Choose &amp;namespaces</source>
        <translation>选择命名空间(&amp;N)</translation>
    </message>
    <message>
        <source>All namespaces</source>
        <translation>所有命名空间</translation>
    </message>
    <message>
        <source>&amp;Back to the page before</source>
        <translation>返回上一页面(&amp;B)</translation>
    </message>
    <message>
        <source>New &amp;tab</source>
        <translation>新建标签页(&amp;T)</translation>
    </message>
    <message>
        <source>C&amp;lose tab</source>
        <translation>关闭标签页(&amp;L)</translation>
    </message>
    <message>
        <source>Next tab</source>
        <translation>下一标签页</translation>
    </message>
    <message>
        <source>Previous tab</source>
        <translation>上一标签页</translation>
    </message>
    <message>
        <source>Show %1</source>
        <comment>%1 is a page</comment>
        <translation>显示%1</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>设置(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Keys of this page</source>
        <translation>本页按键(&amp;K)</translation>
    </message>
    <message>
        <source>A&amp;bout Quarterdeck</source>
        <translation>关于 Quarterdeck(&amp;B)</translation>
    </message>
    <message>
        <source>Program menu</source>
        <translation>程序菜单</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>There is no page %1</source>
        <translation>没有名为 %1 的页面</translation>
    </message>
    <message>
        <source>%1 – Quarterdeck</source>
        <comment>%1 is a page</comment>
        <translation>%1 – Quarterdeck</translation>
    </message>
    <message>
        <source>Nothing here is called %1</source>
        <comment>%1 was typed</comment>
        <translation>这里没有名为 %1 的内容</translation>
    </message>
    <message>
        <source>Menu of what the cursor is on</source>
        <translation>光标所在项的菜单</translation>
    </message>
    <message>
        <source>Create from &amp;YAML…</source>
        <translation>从 YAML 创建(&amp;Y)…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Change language</source>
        <translation>更改语言</translation>
    </message>
    <message>
        <source>Logs by any label…</source>
        <translation>按任意标签查看日志…</translation>
    </message>
</context>
<context>
    <name>ui::MountRow</name>
    <message>
        <source>Name of the volume</source>
        <translation>卷名称</translation>
    </message>
    <message>
        <source>Path in the container</source>
        <translation>容器内路径</translation>
    </message>
    <message>
        <source>Path within the volume</source>
        <translation>卷内路径</translation>
    </message>
    <message>
        <source>read only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>volume</source>
        <translation>卷</translation>
    </message>
    <message>
        <source>path within</source>
        <translation>卷内路径</translation>
    </message>
</context>
<context>
    <name>ui::Navigation</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
</context>
<context>
    <name>ui::Needs</name>
    <message>
        <source>%1: %2</source>
        <comment>%1 is a cluster, %2 what is wrong</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>no answer (%1)</source>
        <comment>%1 is the reason</comment>
        <translation>无应答（%1）</translation>
    </message>
    <message>
        <source>node %1</source>
        <comment>%1 is a node and its condition</comment>
        <translation>节点 %1</translation>
    </message>
    <message>
        <source>credentials expired</source>
        <translation>凭据已过期</translation>
    </message>
    <message numerus="yes">
        <source>credentials end in %Ln days</source>
        <translation>
            <numerusform>凭据将在 %Ln 天后到期</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %Ln restarts</source>
        <comment>%1 is a pod and its state</comment>
        <translation>
            <numerusform>%1，重启 %Ln 次</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more pods do not work</source>
        <translation>
            <numerusform>另有 %Ln 个 Pod 不工作</numerusform>
        </translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>自</translation>
    </message>
</context>
<context>
    <name>ui::NeedsPanel</name>
    <message>
        <source>What needs you</source>
        <translation>需要您处理</translation>
    </message>
    <message>
        <source>Nothing right now.</source>
        <translation>暂无。</translation>
    </message>
    <message>
        <source>Connect a cluster to see what needs you there.</source>
        <translation>连接集群以查看需要您处理的事项。</translation>
    </message>
</context>
<context>
    <name>ui::NodeRuleRow</name>
    <message>
        <source>Labels of the node</source>
        <translation>节点标签</translation>
    </message>
</context>
<context>
    <name>ui::NodeTable</name>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>机器</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Pods</source>
        <translation>Pod</translation>
    </message>
    <message>
        <source>CPU req.</source>
        <comment>CPU requested of allocatable</comment>
        <translation>CPU 请求</translation>
    </message>
    <message>
        <source>Memory req.</source>
        <comment>memory requested of allocatable</comment>
        <translation>内存请求</translation>
    </message>
</context>
<context>
    <name>ui::ObjectActs</name>
    <message numerus="yes">
        <source>%Ln × %1</source>
        <comment>how many objects of kind %1</comment>
        <translation>
            <numerusform>%Ln × %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln clusters</source>
        <comment>where objects are</comment>
        <translation>
            <numerusform>%Ln 个集群</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>an object, a cluster</comment>
        <translation>%2 中的 %1</translation>
    </message>
    <message>
        <source>S&amp;cale…</source>
        <translation>扩缩(&amp;C)…</translation>
    </message>
    <message>
        <source>Sets the number of replicas</source>
        <translation>设置副本数</translation>
    </message>
    <message>
        <source>&amp;Restart</source>
        <translation>重启(&amp;R)</translation>
    </message>
    <message>
        <source>Makes new pods, one after the other, as kubectl rollout restart does</source>
        <translation>逐个创建新的 Pod，与 kubectl rollout restart 相同</translation>
    </message>
    <message>
        <source>Restart %1</source>
        <comment>%1 is an object or several</comment>
        <translation>重启 %1</translation>
    </message>
    <message>
        <source>&amp;Pause rollout</source>
        <translation>暂停发布(&amp;P)</translation>
    </message>
    <message>
        <source>Changes of the template wait until it is resumed</source>
        <translation>模板的更改会等到继续发布时生效</translation>
    </message>
    <message>
        <source>Pause %1</source>
        <comment>%1 is an object or several</comment>
        <translation>暂停 %1</translation>
    </message>
    <message>
        <source>Resume rollou&amp;t</source>
        <translation>继续发布(&amp;T)</translation>
    </message>
    <message>
        <source>Resume %1</source>
        <comment>%1 is an object or several</comment>
        <translation>继续 %1</translation>
    </message>
    <message>
        <source>&amp;Cordon</source>
        <translation>停止调度(&amp;C)</translation>
    </message>
    <message>
        <source>The node takes no new pods</source>
        <translation>节点不再接收新的 Pod</translation>
    </message>
    <message>
        <source>Cordon %1</source>
        <comment>%1 is an object or several</comment>
        <translation>停止调度 %1</translation>
    </message>
    <message>
        <source>&amp;Uncordon</source>
        <translation>恢复调度(&amp;U)</translation>
    </message>
    <message>
        <source>The node takes new pods again</source>
        <translation>节点重新接收新的 Pod</translation>
    </message>
    <message>
        <source>Uncordon %1</source>
        <comment>%1 is an object or several</comment>
        <translation>恢复调度 %1</translation>
    </message>
    <message>
        <source>&amp;Label…</source>
        <translation>标签(&amp;L)…</translation>
    </message>
    <message>
        <source>Sets labels or takes them away</source>
        <translation>设置或移除标签</translation>
    </message>
    <message>
        <source>&amp;Annotate…</source>
        <translation>注解(&amp;A)…</translation>
    </message>
    <message>
        <source>Sets annotations or takes them away</source>
        <translation>设置或移除注解</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>删除(&amp;D)…</translation>
    </message>
    <message>
        <source>%1, namespace %2</source>
        <comment>a cluster, and a namespace in it</comment>
        <translation>%1，命名空间 %2</translation>
    </message>
    <message>
        <source>%1 may not %2 %3 in %4</source>
        <comment>user, verb, resource, cluster</comment>
        <translation>%1 不能在 %4 中 %2 %3</translation>
    </message>
    <message>
        <source>Scale %1 to %L2</source>
        <comment>%1 is an object or several</comment>
        <translation>将 %1 扩缩到 %L2</translation>
    </message>
    <message>
        <source>Label %1</source>
        <comment>%1 is an object or several</comment>
        <translation>为 %1 设置标签</translation>
    </message>
    <message>
        <source>Annotate %1</source>
        <comment>%1 is an object or several</comment>
        <translation>为 %1 设置注解</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <comment>%1 is an object or several</comment>
        <translation>删除 %1</translation>
    </message>
    <message>
        <source>&amp;Edit…</source>
        <translation>编辑(&amp;E)…</translation>
    </message>
    <message>
        <source>Change the object as YAML, in all clusters where it is chosen</source>
        <translation>以 YAML 修改该对象，作用于选中它的所有集群</translation>
    </message>
    <message>
        <source>Clone t&amp;o…</source>
        <translation>克隆到(&amp;O)…</translation>
    </message>
    <message>
        <source>Make a copy of the object in other clusters</source>
        <translation>在其他集群中创建该对象的副本</translation>
    </message>
    <message>
        <source>One object is edited at a time, in as many clusters as you like.</source>
        <translation>一次只编辑一个对象，集群数量不限。</translation>
    </message>
    <message>
        <source>Edit in a for&amp;m…</source>
        <translation>用表单编辑(&amp;M)…</translation>
    </message>
    <message>
        <source>Change image, resources, probes and the like in a form</source>
        <translation>在表单中更改镜像、资源、探针等</translation>
    </message>
    <message>
        <source>Tai&amp;nts…</source>
        <translation>污点(&amp;N)…</translation>
    </message>
    <message>
        <source>Puts taints on nodes or takes them away</source>
        <translation>为节点添加或移除污点</translation>
    </message>
    <message>
        <source>Autoscale…</source>
        <translation>自动伸缩…</translation>
    </message>
    <message>
        <source>Its autoscaler, or a new one, in a form</source>
        <translation>在表单中打开其自动伸缩器，或新建一个</translation>
    </message>
    <message>
        <source>Run no&amp;w</source>
        <translation>立即运行(&amp;W)</translation>
    </message>
    <message>
        <source>Makes a Job of the CronJob at once</source>
        <translation>立即由 CronJob 创建一个 Job</translation>
    </message>
    <message>
        <source>Run a&amp;gain</source>
        <translation>再次运行(&amp;G)</translation>
    </message>
    <message>
        <source>Makes a new Job that does the same</source>
        <translation>创建一个做同样事情的新 Job</translation>
    </message>
    <message>
        <source>&amp;Suspend</source>
        <translation>挂起(&amp;S)</translation>
    </message>
    <message>
        <source>A Job&apos;s pods end, a CronJob makes no Jobs</source>
        <translation>Job 的 Pod 会终止，CronJob 不再创建 Job</translation>
    </message>
    <message>
        <source>Suspend %1</source>
        <comment>%1 is an object or several</comment>
        <translation>挂起 %1</translation>
    </message>
    <message>
        <source>Let run again</source>
        <translation>恢复运行</translation>
    </message>
    <message>
        <source>Takes the suspension away</source>
        <translation>取消挂起</translation>
    </message>
    <message>
        <source>Let %1 run again</source>
        <comment>%1 is an object or several</comment>
        <translation>让 %1 恢复运行</translation>
    </message>
    <message>
        <source>Edit &amp;keys…</source>
        <translation>编辑键(&amp;K)…</translation>
    </message>
    <message>
        <source>The keys of a ConfigMap or Secret, with certificates and bytes</source>
        <translation>ConfigMap 或 Secret 的键，包括证书和字节</translation>
    </message>
    <message>
        <source>Dra&amp;in…</source>
        <translation>排空(&amp;I)…</translation>
    </message>
    <message>
        <source>Moves the pods elsewhere, as disruption budgets allow</source>
        <translation>在中断预算允许的范围内把 Pod 移到别处</translation>
    </message>
    <message>
        <source>Re&amp;visions…</source>
        <translation>修订版本(&amp;V)…</translation>
    </message>
    <message>
        <source>What it has rolled out, how that differs, and the way back</source>
        <translation>它部署过的版本、差异以及回滚</translation>
    </message>
    <message>
        <source>Lo&amp;gs</source>
        <translation>日志(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Forward port…</source>
        <translation>转发端口(&amp;F)…</translation>
    </message>
    <message>
        <source>Lead a port of this machine to it, or to the pods behind it</source>
        <translation>把本机的一个端口通向它或它背后的 Pod</translation>
    </message>
    <message>
        <source>Choose one object to forward a port to</source>
        <translation>请选择一个要转发端口的对象</translation>
    </message>
    <message>
        <source>The lines of all containers, as they come</source>
        <translation>所有容器的行，随到随显</translation>
    </message>
    <message>
        <source>S&amp;hell</source>
        <translation>Shell(&amp;H)</translation>
    </message>
    <message>
        <source>A shell in the pod&apos;s container, in a terminal</source>
        <translation>在终端中打开 Pod 容器里的 Shell</translation>
    </message>
    <message>
        <source>Attach</source>
        <translation>附加</translation>
    </message>
    <message>
        <source>Joins the main process of the pod&apos;s container, in a terminal</source>
        <translation>在终端中接入 Pod 容器的主进程</translation>
    </message>
    <message numerus="yes">
        <source>At most %n terminals are opened at once.</source>
        <translation>
            <numerusform>一次最多打开 %n 个终端。</numerusform>
        </translation>
    </message>
    <message>
        <source>De&amp;bug container…</source>
        <translation>调试容器(&amp;B)…</translation>
    </message>
    <message>
        <source>Puts a container with tools into the pod, and joins it</source>
        <translation>在 Pod 中放入带工具的容器并接入</translation>
    </message>
    <message>
        <source>Choose one pod to debug</source>
        <translation>请选择一个要调试的 Pod</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>The files of the pod&apos;s containers, copied both ways</source>
        <translation>Pod 容器中的文件，可双向复制</translation>
    </message>
    <message>
        <source>Choose one pod to see its files</source>
        <translation>请选择一个 Pod 以查看其文件</translation>
    </message>
    <message>
        <source>Logs b&amp;y label…</source>
        <translation>按标签查看日志(&amp;Y)…</translation>
    </message>
    <message>
        <source>The lines of all pods that have the labels you choose</source>
        <translation>具有所选标签的所有 Pod 的日志行</translation>
    </message>
    <message>
        <source>Choose an object first</source>
        <translation>请先选择一个对象</translation>
    </message>
    <message>
        <source>The objects are still being read</source>
        <translation>对象仍在读取中</translation>
    </message>
</context>
<context>
    <name>ui::ObjectTable</name>
    <message>
        <source>Objects</source>
        <translation>对象</translation>
    </message>
</context>
<context>
    <name>ui::ObjectTableModel</name>
    <message>
        <source>Cluster</source>
        <comment>column title</comment>
        <translation>集群</translation>
    </message>
    <message>
        <source>Namespace</source>
        <comment>column title</comment>
        <translation>命名空间</translation>
    </message>
</context>
<context>
    <name>ui::OpenChangeSet</name>
    <message>
        <source>Open a change set</source>
        <translation>打开变更集</translation>
    </message>
    <message>
        <source>YAML (*.yaml *.yml)</source>
        <comment>a kind of file</comment>
        <translation>YAML (*.yaml *.yml)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <comment>a kind of file</comment>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>%1 was not opened: %2</source>
        <comment>%1 is a file, %2 why</comment>
        <translation>未打开 %1：%2</translation>
    </message>
    <message>
        <source>it is larger than 64 MiB</source>
        <translation>文件大于 64 MiB</translation>
    </message>
    <message>
        <source>it is no change set. Manifests are applied from the editor or by qdctl apply</source>
        <translation>它不是变更集。清单请在编辑器中或用 qdctl apply 应用</translation>
    </message>
    <message>
        <source>it has no operations</source>
        <translation>其中没有任何操作</translation>
    </message>
</context>
<context>
    <name>ui::OperationTable</name>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Act</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Dry run</source>
        <translation>试运行</translation>
    </message>
    <message>
        <source>Fields owned by others</source>
        <translation>其他管理者的字段</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Not taken back</source>
        <translation>不撤销</translation>
    </message>
</context>
<context>
    <name>ui::PageList</name>
    <message>
        <source>Fleet</source>
        <translation>舰队</translation>
    </message>
    <message>
        <source>Work</source>
        <comment>group of pages in the navigation</comment>
        <translation>工作</translation>
    </message>
    <message>
        <source>Change</source>
        <comment>group of pages in the navigation</comment>
        <translation>变更</translation>
    </message>
    <message>
        <source>Ground</source>
        <comment>group of pages in the navigation: hardware</comment>
        <translation>基础</translation>
    </message>
    <message>
        <source>Record</source>
        <comment>group of pages in the navigation: journal</comment>
        <translation>记录</translation>
    </message>
    <message>
        <source>Browser</source>
        <translation>浏览器</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>操作记录</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>权限</translation>
    </message>
    <message>
        <source>Editor</source>
        <translation>编辑器</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Port forwards</source>
        <translation>端口转发</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Terminals</source>
        <translation>终端</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
</context>
<context>
    <name>ui::PageStack</name>
    <message>
        <source>Tabs</source>
        <translation>标签页</translation>
    </message>
    <message>
        <source>Close tab</source>
        <translation>关闭标签页</translation>
    </message>
</context>
<context>
    <name>ui::Picker</name>
    <message>
        <source>Narrow the list</source>
        <translation>缩小列表</translation>
    </message>
    <message>
        <source>Typed here. Delete takes it out again.</source>
        <translation>手动输入的名称。按 Delete 键可移除。</translation>
    </message>
    <message>
        <source>Use “%1”</source>
        <comment>%1 is a name as typed</comment>
        <translation>使用“%1”</translation>
    </message>
    <message>
        <source>“%1” cannot be a name</source>
        <comment>%1 was typed</comment>
        <translation>“%1”不能作为名称</translation>
    </message>
</context>
<context>
    <name>ui::PodRuleRow</name>
    <message>
        <source>Labels of the pods</source>
        <translation>Pod 标签</translation>
    </message>
    <message>
        <source>Topology key</source>
        <translation>拓扑键</translation>
    </message>
    <message>
        <source>topology key</source>
        <translation>拓扑键</translation>
    </message>
    <message>
        <source>its own namespace</source>
        <comment>of a pod</comment>
        <translation>Pod 所在命名空间</translation>
    </message>
    <message>
        <source>Namespaces of the other pods</source>
        <translation>其他 Pod 的命名空间</translation>
    </message>
</context>
<context>
    <name>ui::PortRow</name>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>协议</translation>
    </message>
    <message>
        <source>Name of the port</source>
        <translation>端口名称</translation>
    </message>
    <message>
        <source>port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>name</source>
        <comment>of a port</comment>
        <translation>名称</translation>
    </message>
</context>
<context>
    <name>ui::PortsPage</name>
    <message>
        <source>Forward port…</source>
        <translation>转发端口…</translation>
    </message>
    <message>
        <source>Lead a port of this machine to a pod, service or workload</source>
        <translation>把本机的一个端口通向 Pod、服务或工作负载</translation>
    </message>
    <message>
        <source>Open in browser</source>
        <translation>在网页浏览器中打开</translation>
    </message>
    <message>
        <source>Open the local address in the web browser</source>
        <translation>在网页浏览器中打开本地地址</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>复制地址</translation>
    </message>
    <message>
        <source>Copy the local address</source>
        <translation>复制本地地址</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Close the local port and its connections, or open it again</source>
        <translation>关闭本地端口及其连接，或重新打开</translation>
    </message>
    <message>
        <source>Start at the next start</source>
        <translation>下次启动时开始</translation>
    </message>
    <message>
        <source>Start it again at the next start, once its cluster is connected</source>
        <translation>下次启动时，待集群连接后再次开始</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Stop it and forget it</source>
        <translation>停止并移除</translation>
    </message>
    <message>
        <source>No port forward matches %1</source>
        <translation>没有端口转发与 %1 匹配</translation>
    </message>
    <message>
        <source>No port is forwarded</source>
        <translation>没有转发任何端口</translation>
    </message>
    <message>
        <source>Choose a pod, a service or a workload in the Browser and press Shift+F, or name one here.</source>
        <translation>在浏览器中选择 Pod、服务或工作负载并按 Shift+F，或在此处指定。</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>再次开始</translation>
    </message>
    <message>
        <source>%1 of %2 match</source>
        <translation>%2 中有 %1 匹配</translation>
    </message>
    <message numerus="yes">
        <source>%Ln port forwards</source>
        <translation>
            <numerusform>%Ln 个端口转发</numerusform>
        </translation>
    </message>
    <message>
        <source>Opened %1 in the browser</source>
        <translation>已在网页浏览器中打开 %1</translation>
    </message>
    <message>
        <source>No web browser could be started for %1</source>
        <translation>无法启动网页浏览器打开 %1</translation>
    </message>
    <message>
        <source>%1 copied</source>
        <translation>已复制 %1</translation>
    </message>
    <message>
        <source>Port forwards</source>
        <translation>端口转发</translation>
    </message>
    <message>
        <source>filter port forwards: shop waits 8080</source>
        <translation>筛选端口转发：shop 等待 8080</translation>
    </message>
</context>
<context>
    <name>ui::ProbeSection</name>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Scheme</source>
        <translation>协议</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>none</source>
        <comment>no probe</comment>
        <translation>无</translation>
    </message>
    <message>
        <source>HTTP request</source>
        <translation>HTTP 请求</translation>
    </message>
    <message>
        <source>TCP connection</source>
        <translation>TCP 连接</translation>
    </message>
    <message>
        <source>gRPC health</source>
        <translation>gRPC 健康检查</translation>
    </message>
    <message>
        <source>service</source>
        <comment>of gRPC health checks</comment>
        <translation>服务</translation>
    </message>
    <message>
        <source>port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Delay s</source>
        <comment>of a probe, in seconds</comment>
        <translation>延迟 秒</translation>
    </message>
    <message>
        <source>Seconds before the first</source>
        <translation>首次之前的秒数</translation>
    </message>
    <message>
        <source>Every s</source>
        <comment>a probe, in seconds</comment>
        <translation>间隔 秒</translation>
    </message>
    <message>
        <source>Seconds from one to the next</source>
        <translation>两次之间的秒数</translation>
    </message>
    <message>
        <source>Timeout s</source>
        <comment>of a probe, in seconds</comment>
        <translation>超时 秒</translation>
    </message>
    <message>
        <source>Seconds to wait for an answer</source>
        <translation>等待应答的秒数</translation>
    </message>
    <message>
        <source>Fail at</source>
        <comment>so many failures of a probe</comment>
        <translation>失败次数</translation>
    </message>
    <message>
        <source>Failures in a row that count</source>
        <translation>连续失败多少次才算失败</translation>
    </message>
    <message>
        <source>Good at</source>
        <comment>so many successes of a probe</comment>
        <translation>成功次数</translation>
    </message>
    <message>
        <source>Successes in a row that count</source>
        <translation>连续成功多少次才算成功</translation>
    </message>
</context>
<context>
    <name>ui::QuestionBar</name>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>What I may do</source>
        <translation>我可以做什么</translation>
    </message>
    <message>
        <source>Who can…</source>
        <translation>谁可以…</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>Verb</source>
        <translation>动词</translation>
    </message>
    <message>
        <source>Resource</source>
        <translation>资源</translation>
    </message>
    <message>
        <source>A kind, a sub-resource such as pods/exec, or a path such as /metrics</source>
        <translation>类型、子资源（如 pods/exec）或路径（如 /metrics）</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>any</source>
        <comment>no name of an object in particular</comment>
        <translation>任意</translation>
    </message>
    <message>
        <source>A rule may allow something for objects of certain names alone</source>
        <translation>规则可能只对特定名称的对象允许某些操作</translation>
    </message>
    <message>
        <source>All namespaces</source>
        <translation>所有命名空间</translation>
    </message>
</context>
<context>
    <name>ui::RelatedView</name>
    <message>
        <source>Owners and owned objects</source>
        <translation>所有者和所属对象</translation>
    </message>
</context>
<context>
    <name>ui::RemarksPanel</name>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>以及另外 %Ln 条</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ResourcesSection</name>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>%1 request</source>
        <comment>a resource</comment>
        <translation>%1 请求</translation>
    </message>
    <message>
        <source>%1 limit</source>
        <comment>a resource</comment>
        <translation>%1 上限</translation>
    </message>
    <message>
        <source>request, as 250m</source>
        <translation>请求，如 250m</translation>
    </message>
    <message>
        <source>request, as 256Mi</source>
        <translation>请求，如 256Mi</translation>
    </message>
    <message>
        <source>limit, as 1</source>
        <translation>上限，如 1</translation>
    </message>
    <message>
        <source>limit, as 512Mi</source>
        <translation>上限，如 512Mi</translation>
    </message>
    <message>
        <source>%1: the limit is below the request; servers refuse that.</source>
        <comment>a resource</comment>
        <translation>%1：上限低于请求；服务器会拒绝。</translation>
    </message>
</context>
<context>
    <name>ui::RightsTable</name>
    <message>
        <source>no</source>
        <comment>a verb is not allowed; short</comment>
        <translation>否</translation>
    </message>
    <message>
        <source>some</source>
        <comment>a verb is allowed on some objects only; short</comment>
        <translation>部分</translation>
    </message>
    <message>
        <source>?</source>
        <comment>whether a verb is allowed is not known</comment>
        <translation>?</translation>
    </message>
    <message>
        <source>yes</source>
        <comment>a verb is allowed; short</comment>
        <translation>是</translation>
    </message>
    <message>
        <source>%1 has no verb %2</source>
        <comment>%1 is a resource, %2 a verb</comment>
        <translation>%1 没有动词 %2</translation>
    </message>
    <message>
        <source>%1: not allowed</source>
        <comment>%1 is a verb and a resource</comment>
        <translation>%1：不允许</translation>
    </message>
    <message>
        <source>%1: allowed for %2 alone</source>
        <comment>%1 is a verb and a resource, %2 names of objects</comment>
        <translation>%1：仅允许用于 %2</translation>
    </message>
    <message>
        <source>%1: the server does not list everything that is allowed</source>
        <comment>%1 is a verb and a resource</comment>
        <translation>%1：服务器未列出全部允许的操作</translation>
    </message>
    <message>
        <source>%1: allowed</source>
        <comment>%1 is a verb and a resource</comment>
        <translation>%1：允许</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>%1, signed in as %2</source>
        <comment>%1 is a cluster, %2 a user</comment>
        <translation>%1，以 %2 登录</translation>
    </message>
    <message>
        <source>Resource</source>
        <translation>资源</translation>
    </message>
    <message>
        <source>%1, in no namespace</source>
        <comment>%1 is a resource</comment>
        <translation>%1，不属于任何命名空间</translation>
    </message>
    <message>
        <source>API group</source>
        <translation>API 组</translation>
    </message>
</context>
<context>
    <name>ui::RightsView</name>
    <message>
        <source>What I may do</source>
        <translation>我可以做什么</translation>
    </message>
    <message>
        <source>The clusters in view serve nothing</source>
        <translation>范围内的集群不提供任何资源</translation>
    </message>
</context>
<context>
    <name>ui::RuleRow</name>
    <message>
        <source>must</source>
        <comment>a rule of scheduling has to hold</comment>
        <translation>必须</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>权重</translation>
    </message>
</context>
<context>
    <name>ui::ScaleDialog</name>
    <message>
        <source>Scale</source>
        <translation>扩缩</translation>
    </message>
    <message>
        <source>Replicas</source>
        <translation>副本数</translation>
    </message>
    <message>
        <source>&amp;Replicas:</source>
        <translation>副本数(&amp;R)：</translation>
    </message>
    <message>
        <source>Nothing is changed before you have seen what the servers say to it.</source>
        <translation>在您看到服务器的答复之前，什么都不会更改。</translation>
    </message>
</context>
<context>
    <name>ui::SchedulingSection</name>
    <message>
        <source>Scheduling</source>
        <translation>调度</translation>
    </message>
    <message>
        <source>Add toleration</source>
        <translation>添加容忍度</translation>
    </message>
    <message>
        <source>Take this toleration away</source>
        <translation>移除此容忍度</translation>
    </message>
    <message>
        <source>Node selector</source>
        <translation>节点选择器</translation>
    </message>
    <message>
        <source>Service account</source>
        <translation>服务账号</translation>
    </message>
    <message>
        <source>Priority class</source>
        <translation>优先级类</translation>
    </message>
    <message>
        <source>Tolerations</source>
        <translation>容忍度</translation>
    </message>
</context>
<context>
    <name>ui::ScopeBar</name>
    <message>
        <source>Clusters and namespaces shown</source>
        <translation>显示的集群和命名空间</translation>
    </message>
    <message>
        <source>All clusters</source>
        <translation>所有集群</translation>
    </message>
    <message numerus="yes">
        <source>%Ln clusters</source>
        <translation>
            <numerusform>%Ln 个集群</numerusform>
        </translation>
    </message>
    <message>
        <source>Cluster shown: %1</source>
        <translation>显示的集群：%1</translation>
    </message>
    <message>
        <source>All namespaces</source>
        <translation>所有命名空间</translation>
    </message>
    <message numerus="yes">
        <source>%Ln namespaces</source>
        <translation>
            <numerusform>%Ln 个命名空间</numerusform>
        </translation>
    </message>
    <message>
        <source>Namespace</source>
        <comment>before one or more names</comment>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>Connected clusters</source>
        <translation>已连接的集群</translation>
    </message>
    <message>
        <source>Namespaces</source>
        <translation>命名空间</translation>
    </message>
    <message numerus="yes">
        <source>%1 does not let you list namespaces: type the names of those you may read.</source>
        <comment>%1 is one or more clusters</comment>
        <translation>
            <numerusform>%1 不允许您列出命名空间：请输入您有权读取的命名空间的名称。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::SettingsDialog</name>
    <message>
        <source>&amp;Connect at start what was connected last</source>
        <translation>启动时连接上次连接的集群(&amp;C)</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>跟随桌面</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Comfortable</source>
        <translation>宽松</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>紧凑</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Connect at start what was connected last</source>
        <translation>启动时连接上次连接的集群</translation>
    </message>
    <message>
        <source>Clusters that sign in through a program are connected at start only where you ticked that for the cluster itself.</source>
        <translation>通过程序登录的集群，仅在您为该集群勾选后才会在启动时连接。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>C&amp;olours</source>
        <translation>颜色(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Rows</source>
        <translation>行(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>Read-only &amp;everywhere: nothing is written to any cluster</source>
        <translation>全部只读：不写入任何集群(&amp;E)</translation>
    </message>
    <message>
        <source>Read-only everywhere: nothing is written to any cluster</source>
        <translation>全部只读：不写入任何集群</translation>
    </message>
</context>
<context>
    <name>ui::SpreadRow</name>
    <message>
        <source>Labels of the pods</source>
        <translation>Pod 标签</translation>
    </message>
    <message>
        <source>Topology key</source>
        <translation>拓扑键</translation>
    </message>
    <message>
        <source>topology key</source>
        <translation>拓扑键</translation>
    </message>
    <message>
        <source>Max skew</source>
        <translation>最大偏差</translation>
    </message>
    <message>
        <source>When it cannot be satisfied</source>
        <translation>无法满足时</translation>
    </message>
    <message>
        <source>Min domains</source>
        <translation>最少拓扑域</translation>
    </message>
    <message>
        <source>max skew</source>
        <translation>最大偏差</translation>
    </message>
    <message>
        <source>min domains</source>
        <translation>最少拓扑域</translation>
    </message>
</context>
<context>
    <name>ui::SummaryView</name>
    <message>
        <source>Summary</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>%1: what describe takes from there is missing.</source>
        <comment>%1 says why something was not read</comment>
        <translation>%1：摘要中缺少来自那里的内容。</translation>
    </message>
</context>
<context>
    <name>ui::TablePanel</name>
    <message>
        <source>Clear the filter</source>
        <translation>清除过滤</translation>
    </message>
    <message>
        <source>Copy a request for it</source>
        <comment>button: copies a text that asks an administrator for a right</comment>
        <translation>复制权限申请</translation>
    </message>
    <message>
        <source>Open the Fleet page</source>
        <translation>打开舰队页面</translation>
    </message>
    <message>
        <source>Try again now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>Look into all namespaces</source>
        <translation>查看所有命名空间</translation>
    </message>
    <message>
        <source>Copy a request</source>
        <translation>复制申请</translation>
    </message>
    <message numerus="yes">
        <source>%n more clusters have something to say</source>
        <translation>
            <numerusform>另有 %n 个集群有情况</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::TableState</name>
    <message>
        <source>%1: %2 may not list %3</source>
        <comment>%1 is a cluster, %2 a user, %3 a resource</comment>
        <translation>%1：%2 无权列出 %3</translation>
    </message>
    <message>
        <source>%1 does not have this kind</source>
        <comment>%1 is a cluster</comment>
        <translation>%1 没有此类型</translation>
    </message>
    <message>
        <source>%1 is away (%2): its state of %3 is shown</source>
        <comment>%1 is a cluster, %2 why, %3 a moment</comment>
        <translation>%1 失联（%2）：显示其 %3 的状态</translation>
    </message>
    <message>
        <source>%1 did not answer (%2, %3)</source>
        <comment>%1 is a cluster, %2 why, %3 a moment</comment>
        <translation>%1 未应答（%2，%3）</translation>
    </message>
    <message>
        <source>%1 has not answered yet: its state of %2 is shown</source>
        <comment>%1 is a cluster, %2 a moment</comment>
        <translation>%1 尚未应答：显示其 %2 的状态</translation>
    </message>
    <message>
        <source>%1 has not answered yet (%2)</source>
        <comment>%1 is a cluster, %2 why</comment>
        <translation>%1 尚未应答（%2）</translation>
    </message>
    <message numerus="yes">
        <source>%1: only the namespaces %2 may be read</source>
        <comment>%1 is a cluster, %2 a list</comment>
        <translation>
            <numerusform>%1：只能读取命名空间 %2</numerusform>
        </translation>
    </message>
    <message>
        <source>Please allow user %1 to list and watch %2 in cluster %3.</source>
        <comment>a request to an administrator; %1 user, %2 resource, %3 cluster</comment>
        <translation>请允许用户 %1 在集群 %3 中对 %2 执行 list 和 watch。</translation>
    </message>
    <message>
        <source>%1 of %2 so far match</source>
        <comment>counts of objects while loading</comment>
        <translation>目前 %2 中有 %1 匹配</translation>
    </message>
    <message>
        <source>%1 of %2 match</source>
        <comment>counts of objects</comment>
        <translation>%2 中有 %1 匹配</translation>
    </message>
    <message>
        <source>%1 so far</source>
        <comment>a count of objects while loading</comment>
        <translation>目前 %1</translation>
    </message>
    <message>
        <source>%1, %2 marked</source>
        <comment>%1 is a count in words, %2 how many rows are marked</comment>
        <translation>%1，已标记 %2</translation>
    </message>
    <message>
        <source>No cluster is connected</source>
        <translation>未连接集群</translation>
    </message>
    <message>
        <source>Connect clusters on the Fleet page, or widen the scope at the top.</source>
        <translation>请在舰队页面连接集群，或在上方扩大范围。</translation>
    </message>
    <message>
        <source>Reading %1…</source>
        <comment>%1 is a kind in the plural</comment>
        <translation>正在读取 %1…</translation>
    </message>
    <message>
        <source>%1 may not list %2</source>
        <comment>%1 is a user, %2 a resource</comment>
        <translation>%1 无权列出 %2</translation>
    </message>
    <message>
        <source>Missing in %1: the verbs list and watch on %2. Ask the cluster&apos;s administrator for a role with them, or name a namespace that you may read at the top.</source>
        <comment>%1 is a cluster, %2 a resource</comment>
        <translation>%1 中缺少对 %2 的 list 和 watch 权限。请向集群管理员申请相应角色，或在上方指定您可读取的命名空间。</translation>
    </message>
    <message>
        <source>No cluster in view has %1</source>
        <comment>%1 is a kind in the plural</comment>
        <translation>范围内没有集群具有 %1</translation>
    </message>
    <message>
        <source>Choose another kind on the left, or widen the scope at the top.</source>
        <translation>请在左侧选择其他类型，或在上方扩大范围。</translation>
    </message>
    <message>
        <source>No cluster in view has answered</source>
        <translation>范围内没有集群应答</translation>
    </message>
    <message>
        <source>No %1 in %2</source>
        <comment>%1 is a kind in the plural, %2 namespaces</comment>
        <translation>%2 中没有 %1</translation>
    </message>
    <message>
        <source>Look into all namespaces to see whether there are any elsewhere.</source>
        <translation>查看所有命名空间，看看别处是否有。</translation>
    </message>
    <message>
        <source>There are no %1</source>
        <comment>%1 is a kind in the plural</comment>
        <translation>没有 %1</translation>
    </message>
    <message>
        <source>They appear here by themselves as soon as somebody makes one.</source>
        <translation>一旦有人创建，它们会自动出现在这里。</translation>
    </message>
    <message>
        <source>The filter hides all %1.</source>
        <comment>%1 is a count of objects</comment>
        <translation>过滤隐藏了全部 %1。</translation>
    </message>
    <message>
        <source>Nothing matches “%1”</source>
        <comment>%1 is the filter as typed</comment>
        <translation>没有与“%1”匹配的内容</translation>
    </message>
    <message>
        <source>Missing in %1: the verbs list and watch on %2. Ask the cluster&apos;s administrator for a cluster role with them.</source>
        <comment>%1 is a cluster, %2 a resource</comment>
        <translation>在 %1 中缺少对 %2 的 list 和 watch 权限。请向集群管理员申请包含这些权限的集群角色。</translation>
    </message>
</context>
<context>
    <name>ui::TaintDialog</name>
    <message>
        <source>Taints</source>
        <translation>污点</translation>
    </message>
    <message>
        <source>A taint whose mark is taken away is removed from all these nodes. NoExecute evicts pods that do not bear the taint.</source>
        <translation>取消勾选的污点会从所有这些节点上移除。NoExecute 会驱逐不容忍该污点的 Pod。</translation>
    </message>
    <message>
        <source>Taints there are</source>
        <translation>现有污点</translation>
    </message>
    <message numerus="yes">
        <source>%1 (on %Ln of them)</source>
        <comment>a taint, how many nodes have it</comment>
        <translation>
            <numerusform>%1（其中 %Ln 个有）</numerusform>
        </translation>
    </message>
    <message>
        <source>No taints yet.</source>
        <translation>还没有污点。</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Effect</source>
        <translation>效果</translation>
    </message>
    <message>
        <source>&amp;Add a taint:</source>
        <translation>添加污点(&amp;A)：</translation>
    </message>
</context>
<context>
    <name>ui::TerminalFindBar</name>
    <message>
        <source>Find in the terminal</source>
        <translation>在终端中查找</translation>
    </message>
    <message>
        <source>Older</source>
        <comment>hits of a search</comment>
        <translation>更早</translation>
    </message>
    <message>
        <source>Newer</source>
        <comment>hits of a search</comment>
        <translation>更新</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>%L1 of %L2</source>
        <comment>number of a hit, and how many there are</comment>
        <translation>第 %L1 个，共 %L2 个</translation>
    </message>
</context>
<context>
    <name>ui::TerminalPage</name>
    <message>
        <source>No terminal is open. Choose a pod in the Browser and press S for a shell in it.</source>
        <translation>没有打开的终端。请在浏览页选择一个 Pod，按 S 打开其中的 Shell。</translation>
    </message>
    <message>
        <source>Split right</source>
        <translation>向右拆分</translation>
    </message>
    <message>
        <source>A second session beside this one</source>
        <translation>在旁边再开一个会话</translation>
    </message>
    <message>
        <source>Split below</source>
        <translation>向下拆分</translation>
    </message>
    <message>
        <source>A second session below this one</source>
        <translation>在下方再开一个会话</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Search in the terminal and its history</source>
        <translation>在终端及其历史中搜索</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Clear the history</source>
        <translation>清除历史</translation>
    </message>
    <message>
        <source>Forgets the lines above the screen</source>
        <translation>丢弃屏幕上方的行</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>放大文字</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>缩小文字</translation>
    </message>
    <message>
        <source>Text of normal size</source>
        <translation>恢复文字大小</translation>
    </message>
    <message>
        <source>New tab on this pod</source>
        <translation>为此 Pod 新建标签页</translation>
    </message>
    <message>
        <source>Next terminal of this tab</source>
        <translation>此标签页的下一个终端</translation>
    </message>
    <message>
        <source>Terminal before in this tab</source>
        <translation>此标签页的上一个终端</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>A new session where the last one has ended</source>
        <translation>在上一个会话结束处开始新会话</translation>
    </message>
    <message>
        <source>Close terminal</source>
        <translation>关闭终端</translation>
    </message>
    <message>
        <source>Terminals</source>
        <translation>终端</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a cluster, how a session is</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1, container %2, %3</source>
        <comment>a cluster, a container, how a session is</comment>
        <translation>%1，容器 %2，%3</translation>
    </message>
    <message>
        <source>A session on %1 is running, and would be cut.</source>
        <comment>%1 is a pod</comment>
        <translation>%1 上的会话正在运行，关闭会将其中断。</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions are running, and would be cut: %1.</source>
        <comment>%1 are pods</comment>
        <translation>
            <numerusform>有 %n 个会话正在运行，关闭会将其中断：%1。</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose container</source>
        <translation>选择容器</translation>
    </message>
    <message>
        <source>Another container of the pod, in a new session</source>
        <translation>在新会话中进入该 Pod 的另一个容器</translation>
    </message>
</context>
<context>
    <name>ui::TerminalPane</name>
    <message>
        <source>protected cluster</source>
        <translation>受保护的集群</translation>
    </message>
    <message>
        <source>Container</source>
        <translation>容器</translation>
    </message>
    <message>
        <source>The container; another one begins a new session</source>
        <translation>容器；选择另一个会开始新会话</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Or press Enter in the terminal</source>
        <translation>或在终端中按 Enter</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>a cluster, a pod in it</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>attached</source>
        <translation>已附加</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>connection lost</source>
        <translation>连接已断开</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>The container has ended the session.</source>
        <translation>容器已结束会话。</translation>
    </message>
    <message>
        <source>The shell ended with exit code %1.</source>
        <translation>Shell 已结束，退出码 %1。</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>The connection was lost (%1). What ran may still be running.</source>
        <comment>%1 is why</comment>
        <translation>连接已断开（%1）。其中的程序可能仍在运行。</translation>
    </message>
    <message>
        <source>No session: %1.</source>
        <comment>%1 is why</comment>
        <translation>无法建立会话：%1。</translation>
    </message>
    <message>
        <source>Reconnect</source>
        <translation>重新连接</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>The session in container %1 is running, and would be cut.</source>
        <translation>容器 %1 中的会话正在运行，将被中断。</translation>
    </message>
    <message>
        <source>Change container</source>
        <translation>更换容器</translation>
    </message>
    <message>
        <source>Debug container…</source>
        <translation>调试容器…</translation>
    </message>
    <message>
        <source>Puts a container with tools into the pod, and joins it</source>
        <translation>在 Pod 中放入带工具的容器并加入</translation>
    </message>
    <message>
        <source>read-only cluster</source>
        <translation>只读集群</translation>
    </message>
    <message>
        <source>The container has no shell.</source>
        <translation>该容器没有 shell。</translation>
    </message>
</context>
<context>
    <name>ui::TerminalSession</name>
    <message>
        <source>The container takes no input; what it says from now on is shown here.</source>
        <translation>该容器不接受输入；此处显示其此后的输出。</translation>
    </message>
</context>
<context>
    <name>ui::TerminalView</name>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>The text ends a line: what is pasted may run at once.</source>
        <translation>文本以换行结尾：粘贴的内容可能立即执行。</translation>
    </message>
    <message numerus="yes">
        <source>%n lines are pasted. Each may run at once.</source>
        <translation>
            <numerusform>将粘贴 %n 行，每一行都可能立即执行。</numerusform>
        </translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>终端</translation>
    </message>
</context>
<context>
    <name>ui::TolerationRow</name>
    <message>
        <source>Key of the taint</source>
        <translation>污点的键</translation>
    </message>
    <message>
        <source>How the taint is compared</source>
        <translation>污点的比较方式</translation>
    </message>
    <message>
        <source>Value of the taint</source>
        <translation>污点的值</translation>
    </message>
    <message>
        <source>Effect of the taint</source>
        <translation>污点的效果</translation>
    </message>
    <message>
        <source>Seconds until eviction</source>
        <translation>驱逐前的秒数</translation>
    </message>
    <message>
        <source>any taint</source>
        <translation>任何污点</translation>
    </message>
    <message>
        <source>value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>for good</source>
        <comment>a taint is borne</comment>
        <translation>一直</translation>
    </message>
    <message>
        <source>exists</source>
        <comment>a taint</comment>
        <translation>存在</translation>
    </message>
    <message>
        <source>any effect</source>
        <translation>任何效果</translation>
    </message>
</context>
<context>
    <name>ui::TopBar</name>
    <message>
        <source>Program menu</source>
        <translation>程序菜单</translation>
    </message>
    <message>
        <source>Go to a page, kind, cluster or namespace, or run an action</source>
        <translation>转到页面、类型、集群或命名空间，或执行操作</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>命令面板</translation>
    </message>
</context>
<context>
    <name>ui::ValueView</name>
    <message>
        <source>The first %1 KiB are shown: Save as… gives all.</source>
        <translation>仅显示前 %1 KiB：“另存为…”可得到全部。</translation>
    </message>
    <message>
        <source>How the value is shown</source>
        <translation>值的显示方式</translation>
    </message>
    <message>
        <source>Whose value is shown</source>
        <translation>显示哪个集群的值</translation>
    </message>
    <message>
        <source>Reveal</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Load from file…</source>
        <translation>从文件加载…</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Bytes of the value</source>
        <translation>值的字节</translation>
    </message>
    <message>
        <source>Not every cluster has this key. What you write here goes to all of them.</source>
        <translation>并非每个集群都有此键。您在此写入的内容会应用到所有集群。</translation>
    </message>
    <message>
        <source>The clusters have different values. What you write here goes to all of them.</source>
        <translation>各集群的值不同。您在此写入的内容会应用到所有集群。</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>Hide again</source>
        <translation>重新隐藏</translation>
    </message>
    <message>
        <source>Choose a key on the left to see its value.</source>
        <translation>在左侧选择一个键以查看其值。</translation>
    </message>
    <message>
        <source>This cluster does not have the key.</source>
        <translation>此集群没有该键。</translation>
    </message>
    <message>
        <source>The value is hidden. Reveal shows it; Copy and Save as… take it without showing it.</source>
        <translation>值已隐藏。“显示”会显示它；“复制”和“另存为…”无需显示即可取用。</translation>
    </message>
</context>
<context>
    <name>ui::VolumeRow</name>
    <message>
        <source>Name of the volume</source>
        <translation>卷名称</translation>
    </message>
    <message>
        <source>What is in the volume</source>
        <translation>卷的内容</translation>
    </message>
    <message>
        <source>Name, path or size</source>
        <translation>名称、路径或大小</translation>
    </message>
    <message>
        <source>volume</source>
        <translation>卷</translation>
    </message>
    <message>
        <source>as the YAML says</source>
        <translation>以 YAML 为准</translation>
    </message>
</context>
<context>
    <name>ui::VolumesSection</name>
    <message>
        <source>Volumes</source>
        <translation>卷</translation>
    </message>
    <message>
        <source>Add volume</source>
        <translation>添加卷</translation>
    </message>
    <message>
        <source>Take this volume away</source>
        <translation>移除此卷</translation>
    </message>
</context>
<context>
    <name>ui::WorkloadActs</name>
    <message>
        <source>Run %1 now</source>
        <comment>%1 is an object or several</comment>
        <translation>立即运行 %1</translation>
    </message>
    <message>
        <source>Run %1 again</source>
        <comment>%1 is an object or several</comment>
        <translation>再次运行 %1</translation>
    </message>
    <message>
        <source>The taints are so already.</source>
        <translation>污点已经是这样。</translation>
    </message>
    <message>
        <source>Taint %1</source>
        <comment>%1 is an object or several</comment>
        <translation>为 %1 设置污点</translation>
    </message>
    <message>
        <source>One workload is autoscaled at a time, in as many clusters as you like.</source>
        <translation>一次自动伸缩一个工作负载，集群数量不限。</translation>
    </message>
    <message>
        <source>%1 serves no autoscalers (autoscaling/v2)</source>
        <comment>%1 is a cluster</comment>
        <translation>%1 不提供自动伸缩器（autoscaling/v2）</translation>
    </message>
    <message>
        <source>Drain %1</source>
        <comment>%1 is an object or several</comment>
        <translation>排空 %1</translation>
    </message>
    <message>
        <source>Roll back %1</source>
        <comment>%1 is an object or several</comment>
        <translation>回滚 %1</translation>
    </message>
    <message>
        <source>Debug %1 with %2</source>
        <comment>%1 is a pod, %2 an image</comment>
        <translation>用 %2 调试 %1</translation>
    </message>
</context>
<context>
    <name>ui::WorkloadSection</name>
    <message>
        <source>Workload</source>
        <translation>工作负载</translation>
    </message>
    <message>
        <source>Replicas</source>
        <translation>副本数</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>时间表</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>If one still runs</source>
        <translation>前一个仍在运行时</translation>
    </message>
    <message>
        <source>run both</source>
        <translation>同时运行</translation>
    </message>
    <message>
        <source>skip the new one</source>
        <translation>跳过新的</translation>
    </message>
    <message>
        <source>replace the old one</source>
        <translation>替换旧的</translation>
    </message>
    <message>
        <source>Parallelism</source>
        <translation>并行数</translation>
    </message>
    <message>
        <source>Completions</source>
        <translation>完成数</translation>
    </message>
    <message>
        <source>Retries</source>
        <translation>重试次数</translation>
    </message>
    <message>
        <source>makes no Jobs</source>
        <translation>不创建 Job</translation>
    </message>
    <message>
        <source>runs no pods</source>
        <translation>不运行 Pod</translation>
    </message>
    <message>
        <source>Suspended</source>
        <translation>已挂起</translation>
    </message>
</context>
<context>
    <name>ui::YamlEditor</name>
    <message>
        <source>YAML</source>
        <translation>YAML</translation>
    </message>
</context>
<context>
    <name>ui::YamlView</name>
    <message>
        <source>Show managedFields</source>
        <comment>managedFields is a field of Kubernetes objects</comment>
        <translation>显示 managedFields</translation>
    </message>
    <message>
        <source>YAML</source>
        <translation>YAML</translation>
    </message>
    <message>
        <source>Find in YAML</source>
        <translation>在 YAML 中查找</translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <comment>places where a text was found</comment>
        <translation>
            <numerusform>找到 %n 处</numerusform>
        </translation>
    </message>
    <message>
        <source>Show values</source>
        <translation>显示值</translation>
    </message>
    <message>
        <source>Show the values of this secret</source>
        <translation>显示此 Secret 的值</translation>
    </message>
</context>
</TS>
