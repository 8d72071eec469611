/*! Contains Lit, Copyright 2017 Google LLC, SPDX-License-Identifier: BSD-3-Clause */
var ModelSwitch=(function(e){Object.defineProperty(e,Symbol.toStringTag,{value:`Module`});var t=globalThis,n=t.ShadowRoot&&(t.ShadyCSS===void 0||t.ShadyCSS.nativeShadow)&&`adoptedStyleSheets`in Document.prototype&&`replace`in CSSStyleSheet.prototype,r=Symbol(),i=new WeakMap,a=class{constructor(e,t,n){if(this._$cssResult$=!0,n!==r)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o,t=this.t;if(n&&e===void 0){let n=t!==void 0&&t.length===1;n&&(e=i.get(t)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),n&&i.set(t,e))}return e}toString(){return this.cssText}},o=e=>new a(typeof e==`string`?e:e+``,void 0,r),s=(e,...t)=>new a(e.length===1?e[0]:t.reduce((t,n,r)=>t+(e=>{if(!0===e._$cssResult$)return e.cssText;if(typeof e==`number`)return e;throw Error(`Value passed to 'css' function must be a 'css' function result: `+e+`. Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.`)})(n)+e[r+1],e[0]),e,r),c=(e,r)=>{if(n)e.adoptedStyleSheets=r.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(let n of r){let r=document.createElement(`style`),i=t.litNonce;i!==void 0&&r.setAttribute(`nonce`,i),r.textContent=n.cssText,e.appendChild(r)}},l=n?e=>e:e=>e instanceof CSSStyleSheet?(e=>{let t=``;for(let n of e.cssRules)t+=n.cssText;return o(t)})(e):e,{is:u,defineProperty:d,getOwnPropertyDescriptor:ee,getOwnPropertyNames:te,getOwnPropertySymbols:ne,getPrototypeOf:re}=Object,f=globalThis,p=f.trustedTypes,ie=p?p.emptyScript:``,ae=f.reactiveElementPolyfillSupport,m=(e,t)=>e,h={toAttribute(e,t){switch(t){case Boolean:e=e?ie:null;break;case Object:case Array:e=e==null?e:JSON.stringify(e)}return e},fromAttribute(e,t){let n=e;switch(t){case Boolean:n=e!==null;break;case Number:n=e===null?null:Number(e);break;case Object:case Array:try{n=JSON.parse(e)}catch{n=null}}return n}},g=(e,t)=>!u(e,t),_={attribute:!0,type:String,converter:h,reflect:!1,useDefault:!1,hasChanged:g};Symbol.metadata??=Symbol(`metadata`),f.litPropertyMetadata??=new WeakMap;var v=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=_){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){let n=Symbol(),r=this.getPropertyDescriptor(e,n,t);r!==void 0&&d(this.prototype,e,r)}}static getPropertyDescriptor(e,t,n){let{get:r,set:i}=ee(this.prototype,e)??{get(){return this[t]},set(e){this[t]=e}};return{get:r,set(t){let a=r?.call(this);i?.call(this,t),this.requestUpdate(e,a,n)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??_}static _$Ei(){if(this.hasOwnProperty(m(`elementProperties`)))return;let e=re(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(m(`finalized`)))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(m(`properties`))){let e=this.properties,t=[...te(e),...ne(e)];for(let n of t)this.createProperty(n,e[n])}let e=this[Symbol.metadata];if(e!==null){let t=litPropertyMetadata.get(e);if(t!==void 0)for(let[e,n]of t)this.elementProperties.set(e,n)}this._$Eh=new Map;for(let[e,t]of this.elementProperties){let n=this._$Eu(e,t);n!==void 0&&this._$Eh.set(n,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let t=[];if(Array.isArray(e)){let n=new Set(e.flat(1/0).reverse());for(let e of n)t.unshift(l(e))}else e!==void 0&&t.push(l(e));return t}static _$Eu(e,t){let n=t.attribute;return!1===n?void 0:typeof n==`string`?n:typeof e==`string`?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=new Map,t=this.constructor.elementProperties;for(let n of t.keys())this.hasOwnProperty(n)&&(e.set(n,this[n]),delete this[n]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return c(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,n){this._$AK(e,n)}_$ET(e,t){let n=this.constructor.elementProperties.get(e),r=this.constructor._$Eu(e,n);if(r!==void 0&&!0===n.reflect){let i=(n.converter?.toAttribute===void 0?h:n.converter).toAttribute(t,n.type);this._$Em=e,i==null?this.removeAttribute(r):this.setAttribute(r,i),this._$Em=null}}_$AK(e,t){let n=this.constructor,r=n._$Eh.get(e);if(r!==void 0&&this._$Em!==r){let e=n.getPropertyOptions(r),i=typeof e.converter==`function`?{fromAttribute:e.converter}:e.converter?.fromAttribute===void 0?h:e.converter;this._$Em=r;let a=i.fromAttribute(t,e.type);this[r]=a??this._$Ej?.get(r)??a,this._$Em=null}}requestUpdate(e,t,n,r=!1,i){if(e!==void 0){let a=this.constructor;if(!1===r&&(i=this[e]),n??=a.getPropertyOptions(e),!((n.hasChanged??g)(i,t)||n.useDefault&&n.reflect&&i===this._$Ej?.get(e)&&!this.hasAttribute(a._$Eu(e,n))))return;this.C(e,t,n)}!1===this.isUpdatePending&&(this._$ES=this._$EP())}C(e,t,{useDefault:n,reflect:r,wrapped:i},a){n&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,a??t??this[e]),!0!==i||a!==void 0)||(this._$AL.has(e)||(this.hasUpdated||n||(t=void 0),this._$AL.set(e,t)),!0===r&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[e,t]of this._$Ep)this[e]=t;this._$Ep=void 0}let e=this.constructor.elementProperties;if(e.size>0)for(let[t,n]of e){let{wrapped:e}=n,r=this[t];!0!==e||this._$AL.has(t)||r===void 0||this.C(t,void 0,n,r)}}let e=!1,t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(e=>e.hostUpdate?.()),this.update(t)):this._$EM()}catch(t){throw e=!1,this._$EM(),t}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(e){}firstUpdated(e){}};v.elementStyles=[],v.shadowRootOptions={mode:`open`},v[m(`elementProperties`)]=new Map,v[m(`finalized`)]=new Map,ae?.({ReactiveElement:v}),(f.reactiveElementVersions??=[]).push(`2.1.2`);var y=globalThis,b=e=>e,x=y.trustedTypes,S=x?x.createPolicy(`lit-html`,{createHTML:e=>e}):void 0,oe=`$lit$`,C=`lit$${Math.random().toFixed(9).slice(2)}$`,w=`?`+C,se=`<${w}>`,T=document,E=()=>T.createComment(``),D=e=>e===null||typeof e!=`object`&&typeof e!=`function`,O=Array.isArray,ce=e=>O(e)||typeof e?.[Symbol.iterator]==`function`,k=`[ 	
\f\r]`,A=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,le=/-->/g,j=/>/g,M=RegExp(`>|${k}(?:([^\\s"'>=/]+)(${k}*=${k}*(?:[^ \t\n\f\r"'\`<>=]|("|')|))|$)`,`g`),N=/'/g,P=/"/g,F=/^(?:script|style|textarea|title)$/i,I=(e=>(t,...n)=>({_$litType$:e,strings:t,values:n}))(1),L=Symbol.for(`lit-noChange`),R=Symbol.for(`lit-nothing`),ue=new WeakMap,z=T.createTreeWalker(T,129);function de(e,t){if(!O(e)||!e.hasOwnProperty(`raw`))throw Error(`invalid template strings array`);return S===void 0?t:S.createHTML(t)}var fe=(e,t)=>{let n=e.length-1,r=[],i,a=t===2?`<svg>`:t===3?`<math>`:``,o=A;for(let t=0;t<n;t++){let n=e[t],s,c,l=-1,u=0;for(;u<n.length&&(o.lastIndex=u,c=o.exec(n),c!==null);)u=o.lastIndex,o===A?c[1]===`!--`?o=le:c[1]===void 0?c[2]===void 0?c[3]!==void 0&&(o=M):(F.test(c[2])&&(i=RegExp(`</`+c[2],`g`)),o=M):o=j:o===M?c[0]===`>`?(o=i??A,l=-1):c[1]===void 0?l=-2:(l=o.lastIndex-c[2].length,s=c[1],o=c[3]===void 0?M:c[3]===`"`?P:N):o===P||o===N?o=M:o===le||o===j?o=A:(o=M,i=void 0);let d=o===M&&e[t+1].startsWith(`/>`)?` `:``;a+=o===A?n+se:l>=0?(r.push(s),n.slice(0,l)+oe+n.slice(l)+C+d):n+C+(l===-2?t:d)}return[de(e,a+(e[n]||`<?>`)+(t===2?`</svg>`:t===3?`</math>`:``)),r]},B=class e{constructor({strings:t,_$litType$:n},r){let i;this.parts=[];let a=0,o=0,s=t.length-1,c=this.parts,[l,u]=fe(t,n);if(this.el=e.createElement(l,r),z.currentNode=this.el.content,n===2||n===3){let e=this.el.content.firstChild;e.replaceWith(...e.childNodes)}for(;(i=z.nextNode())!==null&&c.length<s;){if(i.nodeType===1){if(i.hasAttributes())for(let e of i.getAttributeNames())if(e.endsWith(oe)){let t=u[o++],n=i.getAttribute(e).split(C),r=/([.?@])?(.*)/.exec(t);c.push({type:1,index:a,name:r[2],strings:n,ctor:r[1]===`.`?me:r[1]===`?`?he:r[1]===`@`?ge:U}),i.removeAttribute(e)}else e.startsWith(C)&&(c.push({type:6,index:a}),i.removeAttribute(e));if(F.test(i.tagName)){let e=i.textContent.split(C),t=e.length-1;if(t>0){i.textContent=x?x.emptyScript:``;for(let n=0;n<t;n++)i.append(e[n],E()),z.nextNode(),c.push({type:2,index:++a});i.append(e[t],E())}}}else if(i.nodeType===8){if(i.data===w)c.push({type:2,index:a});else{let e=-1;for(;(e=i.data.indexOf(C,e+1))!==-1;)c.push({type:7,index:a}),e+=C.length-1}}a++}}static createElement(e,t){let n=T.createElement(`template`);return n.innerHTML=e,n}};function V(e,t,n=e,r){if(t===L)return t;let i=r===void 0?n._$Cl:n._$Co?.[r],a=D(t)?void 0:t._$litDirective$;return i?.constructor!==a&&(i?._$AO?.(!1),a===void 0?i=void 0:(i=new a(e),i._$AT(e,n,r)),r===void 0?n._$Cl=i:(n._$Co??=[])[r]=i),i!==void 0&&(t=V(e,i._$AS(e,t.values),i,r)),t}var pe=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:n}=this._$AD,r=(e?.creationScope??T).importNode(t,!0);z.currentNode=r;let i=z.nextNode(),a=0,o=0,s=n[0];for(;s!==void 0;){if(a===s.index){let t;s.type===2?t=new H(i,i.nextSibling,this,e):s.type===1?t=new s.ctor(i,s.name,s.strings,this,e):s.type===6&&(t=new _e(i,this,e)),this._$AV.push(t),s=n[++o]}a!==s?.index&&(i=z.nextNode(),a++)}return z.currentNode=T,r}p(e){let t=0;for(let n of this._$AV)n!==void 0&&(n.strings===void 0?n._$AI(e[t]):(n._$AI(e,n,t),t+=n.strings.length-2)),t++}},H=class e{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,n,r){this.type=2,this._$AH=R,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=n,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=V(this,e,t),D(e)?e===R||e==null||e===``?(this._$AH!==R&&this._$AR(),this._$AH=R):e!==this._$AH&&e!==L&&this._(e):e._$litType$===void 0?e.nodeType===void 0?ce(e)?this.k(e):this._(e):this.T(e):this.$(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==R&&D(this._$AH)?this._$AA.nextSibling.data=e:this.T(T.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:n}=e,r=typeof n==`number`?this._$AC(e):(n.el===void 0&&(n.el=B.createElement(de(n.h,n.h[0]),this.options)),n);if(this._$AH?._$AD===r)this._$AH.p(t);else{let e=new pe(r,this),n=e.u(this.options);e.p(t),this.T(n),this._$AH=e}}_$AC(e){let t=ue.get(e.strings);return t===void 0&&ue.set(e.strings,t=new B(e)),t}k(t){O(this._$AH)||(this._$AH=[],this._$AR());let n=this._$AH,r,i=0;for(let a of t)i===n.length?n.push(r=new e(this.O(E()),this.O(E()),this,this.options)):r=n[i],r._$AI(a),i++;i<n.length&&(this._$AR(r&&r._$AB.nextSibling,i),n.length=i)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let t=b(e).nextSibling;b(e).remove(),e=t}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},U=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,n,r,i){this.type=1,this._$AH=R,this._$AN=void 0,this.element=e,this.name=t,this._$AM=r,this.options=i,n.length>2||n[0]!==``||n[1]!==``?(this._$AH=Array(n.length-1).fill(new String),this.strings=n):this._$AH=R}_$AI(e,t=this,n,r){let i=this.strings,a=!1;if(i===void 0)e=V(this,e,t,0),a=!D(e)||e!==this._$AH&&e!==L,a&&(this._$AH=e);else{let r=e,o,s;for(e=i[0],o=0;o<i.length-1;o++)s=V(this,r[n+o],t,o),s===L&&(s=this._$AH[o]),a||=!D(s)||s!==this._$AH[o],s===R?e=R:e!==R&&(e+=(s??``)+i[o+1]),this._$AH[o]=s}a&&!r&&this.j(e)}j(e){e===R?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??``)}},me=class extends U{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===R?void 0:e}},he=class extends U{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==R)}},ge=class extends U{constructor(e,t,n,r,i){super(e,t,n,r,i),this.type=5}_$AI(e,t=this){if((e=V(this,e,t,0)??R)===L)return;let n=this._$AH,r=e===R&&n!==R||e.capture!==n.capture||e.once!==n.once||e.passive!==n.passive,i=e!==R&&(n===R||r);r&&this.element.removeEventListener(this.name,this,n),i&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH==`function`?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},_e=class{constructor(e,t,n){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=n}get _$AU(){return this._$AM._$AU}_$AI(e){V(this,e)}},ve=y.litHtmlPolyfillSupport;ve?.(B,H),(y.litHtmlVersions??=[]).push(`3.3.3`);var ye=(e,t,n)=>{let r=n?.renderBefore??t,i=r._$litPart$;if(i===void 0){let e=n?.renderBefore??null;r._$litPart$=i=new H(t.insertBefore(E(),e),e,void 0,n??{})}return i._$AI(e),i},W=globalThis,G=class extends v{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=ye(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return L}};G._$litElement$=!0,G.finalized=!0,W.litElementHydrateSupport?.({LitElement:G});var be=W.litElementPolyfillSupport;be?.({LitElement:G}),(W.litElementVersions??=[]).push(`4.2.2`);function K(e,t){return e.split(/\{(\w+)\}/).map((e,n)=>n%2==0?e:I`<bdi>${t[e]}</bdi>`)}var q={en:{title:{manual:`Switching AI Model`,auto:`Auto-Switching AI Model`},switched:{upgrade:`Upgraded from {from} to {to}`,downgrade:`Downgraded from {from} to {to}`,lateral:`Switched from {from} to {to}`},using:`Using: {model}`,about:`Model: {model}`,provider:`Provider: {provider}`,reason:`Reason: {reason}`,close:`Close`,notifications:`Notifications (F8)`,choose:`Choose an AI model`,find:`Find a model`,current:`Current model: {model}`,inUse:`in use`,noOther:`No other model is available.`,confirm:{upgrade:`Upgrade the AI model?`,downgrade:`Downgrade the AI model?`,lateral:`Switch the AI model?`},fromTo:`From {from} to {to}.`,switchNow:`Switch`,cancel:`Cancel`},de:{title:{manual:`KI-Modell wird gewechselt`,auto:`KI-Modell wird automatisch gewechselt`},switched:{upgrade:`Von {from} auf {to} hochgestuft`,downgrade:`Von {from} auf {to} herabgestuft`,lateral:`Von {from} zu {to} gewechselt`},using:`In Verwendung: {model}`,about:`Modell: {model}`,provider:`Anbieter: {provider}`,reason:`Grund: {reason}`,close:`Schließen`,notifications:`Benachrichtigungen (F8)`,choose:`KI-Modell auswählen`,find:`Modell suchen`,current:`Aktuelles Modell: {model}`,inUse:`in Verwendung`,noOther:`Es ist kein anderes Modell verfügbar.`,confirm:{upgrade:`KI-Modell hochstufen?`,downgrade:`KI-Modell herabstufen?`,lateral:`KI-Modell wechseln?`},fromTo:`Von {from} zu {to}.`,switchNow:`Wechseln`,cancel:`Abbrechen`},fr:{title:{manual:`Changement de modèle d’IA`,auto:`Changement automatique de modèle d’IA`},switched:{upgrade:`Passage de {from} à {to}, un modèle supérieur`,downgrade:`Passage de {from} à {to}, un modèle inférieur`,lateral:`Passage de {from} à {to}`},using:`Modèle utilisé\xA0: {model}`,about:`Modèle\xA0: {model}`,provider:`Fournisseur\xA0: {provider}`,reason:`Motif\xA0: {reason}`,close:`Fermer`,notifications:`Notifications (F8)`,choose:`Choisir un modèle d’IA`,find:`Rechercher un modèle`,current:`Modèle actuel\xA0: {model}`,inUse:`utilisé`,noOther:`Aucun autre modèle n’est disponible.`,confirm:{upgrade:`Passer à un modèle d’IA supérieur\xA0?`,downgrade:`Passer à un modèle d’IA inférieur\xA0?`,lateral:`Changer de modèle d’IA\xA0?`},fromTo:`De {from} à {to}.`,switchNow:`Changer`,cancel:`Annuler`}},J=q,xe=q.en,Se=[`ar`,`fa`,`he`,`ur`];function Y(e){let t=e?.toLowerCase().split(`-`)[0]??``,n=Object.hasOwn(J,t)?t:`en`;return{language:n,dir:Se.includes(n)?`rtl`:`ltr`,...J[n]}}function X(e,t){return t&&Object.hasOwn(e,t)?e[t]:void 0}function Ce(e,t){let n=Object.values(xe.title);return e.title&&!n.includes(e.title)?e.title:t.title[e.type]??t.title.manual}var we=s`
  button {
    font: inherit;
    min-block-size: 2.5rem;
    padding: 0.25rem 1rem;
    border: 1px solid currentColor;
    border-radius: 0.375rem;
    background: transparent;
    color: inherit;
    cursor: pointer;
  }
  :focus-visible {
    outline: 3px solid currentColor;
    outline-offset: 2px;
  }
`,Te=s`
  dialog {
    box-sizing: border-box;
    inline-size: min(30rem, calc(100vw - 2rem));
    max-block-size: calc(100dvh - 2rem);
    padding: 1.25rem;
    border: 1px solid light-dark(#6b7280, #9ca3af);
    border-radius: 0.75rem;
    background: light-dark(#ffffff, #1f2937);
    color: light-dark(#111827, #f3f4f6);
    font: 1rem / 1.5 system-ui, sans-serif;
    overflow-wrap: anywhere;
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 0.5);
  }
  h2 {
    margin: 0 0 0.5rem;
    font-size: 1.25rem;
  }
  p {
    margin: 0 0 0.75rem;
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 0.75rem;
    margin-block-start: 1rem;
  }
  button.primary {
    border-color: transparent;
    background: light-dark(#1d4ed8, #93c5fd);
    color: light-dark(#ffffff, #111827);
  }
`,Z=class extends G{static styles=[we,Te];#e;#t=()=>void 0;async ask(){return document.body.append(this),await this.updateComplete,this.#n.showModal(),this.opened(),this.dispatchEvent(new Event(`toggle`)),new Promise(e=>{this.#t=e})}opened(){}focus(){this.#e?.focus()}disconnectedCallback(){super.disconnectedCallback(),this.#t(this.#n.returnValue)}get strings(){return Y(this.lang)}get#n(){return this.renderRoot.querySelector(`dialog`)}frame(e,t,n){return I`
      <dialog role=${e} aria-labelledby="title" aria-describedby="about" @close=${()=>this.remove()}>
        <form method="dialog" @focusin=${({target:e})=>this.#r(e)}>
          <h2 id="title">${t}</h2>
          ${n}
        </form>
        <slot></slot>
      </dialog>
    `}#r(e){this.#e=e}buttons(e){let{cancel:t,close:n}=this.strings;return I`
      <footer>
        <button type="button" @click=${()=>this.#n.close(``)}>${e?t:n}</button>
        ${e&&I`<button class="primary" value="yes">${e}</button>`}
      </footer>
    `}},Ee=class extends Z{render(){let{fromModel:e,toModel:t,reason:n,direction:r}=this.options,{confirm:i}=this.strings;return this.frame(`alertdialog`,X(i,r)??i.lateral,I`
        <div id="about">
          <p>${K(this.strings.fromTo,{from:e,to:t})}</p>
          ${n&&I`<p>${K(this.strings.reason,{reason:n})}</p>`}
        </div>
        ${this.buttons(this.strings.switchNow)}
      `)}},De=/^(?:us-gov|us|eu|apac|global|jp|au|ca)\./;function Oe(e){let t=e.provider||/^([a-z0-9]+)\.[^/]+$/.exec((e.modelId??``).replace(De,``))?.[1];return t&&t[0].toUpperCase()+t.slice(1)}function Q({type:e,kind:t=`switch`}){return t===`switch`?e:`news`}var ke=5e3,Ae=2e4,je=160,Me=40,Ne=e=>Math.min(Ae,ke+Math.max(0,e-je)*Me);function Pe({type:e,direction:t,kind:n}){return n===`alert`||e===`auto`&&t===`downgrade`}var Fe=I`<svg viewBox="0 0 16 16" width="16" aria-hidden="true">
  <path d="M3 3l10 10M13 3L3 13" stroke="currentColor" stroke-width="2" />
</svg>`,Ie=class extends G{static properties={notification:{attribute:!1}};static shadowRootOptions={...G.shadowRootOptions,delegatesFocus:!0};static styles=[we,s`
      :host {
        display: flex;
        gap: 0.75rem;
        padding: 0.75rem 0.75rem 0.75rem 1rem;
        border: 1px solid transparent; /* forced colours show it */
        border-radius: 0.5rem;
        box-shadow: 0 4px 12px rgb(0 0 0 / 0.35);
        background: light-dark(#1d4ed8, #1e3a8a);
        color: light-dark(#ffffff, #dbeafe);
        font: 1rem / 1.4 system-ui, sans-serif;
        overflow-wrap: anywhere;
      }
      :host([tone='auto']) {
        background: light-dark(#166534, #14532d);
        color: light-dark(#ffffff, #dcfce7);
      }
      :host([tone='news']) {
        background: #374151;
        color: light-dark(#ffffff, #f3f4f6);
      }
      div {
        flex: 1;
      }
      p {
        display: -webkit-box;
        margin: 0;
        overflow: hidden;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 3;
      }
      :host(:hover) p,
      :host(:focus-within) p {
        display: block;
      }
      .title {
        font-weight: 600;
      }
      button {
        align-self: start;
        inline-size: 2.5rem;
        padding: 0;
        border-color: transparent;
      }
      @media (prefers-reduced-motion: no-preference) {
        :host {
          animation: arrive 0.2s ease-out;
        }
        @keyframes arrive {
          from {
            opacity: 0;
            translate: 0 1rem;
          }
        }
      }
    `];duration;#e;constructor(){super(),this.addEventListener(`keydown`,e=>{e.key===`Escape`&&(e.preventDefault(),this.#t(`person`))})}hold(e){e?this.#e?.pause():this.#e?.play()}willUpdate(){this.setAttribute(`tone`,Q(this.notification))}firstUpdated(){let{length:e}=this.renderRoot.querySelector(`div`).textContent;this.#e=this.animate([],{duration:this.duration??Ne(e),id:`life`}),this.#e.onfinish=()=>this.#t(`time`)}render(){let{notification:e}=this,t=Y(this.lang),n=Ce(e,t);return I`
      <span aria-hidden="true">${Le(e)}</span>
      <div>
        <p class="title">${n}</p>
        ${Re(e,t).map(e=>I`<p>${e}</p>`)}
      </div>
      <button type="button" aria-label=${`${t.close}: ${n}`} @click=${()=>this.#t(`person`)}>
        ${Fe}
      </button>
    `}#t(e){this.dispatchEvent(new CustomEvent(`dismiss`,{detail:e}))}};function Le(e){return Pe(e)?`⚠️`:Q(e)===`news`?`ℹ️`:`✅`}function Re(e,t){let{direction:n,from:r,to:i,message:a,modelName:o,reason:s}=e,c=Oe(e),l=X(t.switched,n),u=l&&r&&i&&K(l,{from:r,to:i}),d=!s||!u&&a?.includes(s);return[o&&K(Q(e)===`news`?t.about:t.using,{model:o}),u||a,c&&K(t.provider,{provider:c}),!d&&K(t.reason,{reason:s})].filter(e=>e)}var ze=10,Be=class extends Z{static styles=[Z.styles,s`
      fieldset {
        max-block-size: 50dvh;
        margin: 0;
        padding: 0;
        border: 0;
        overflow: auto;
      }
      label {
        display: flex;
        align-items: center;
        gap: 0.75rem;
        padding: 0.5rem;
        border-radius: 0.375rem;
      }
      label:has(:disabled) {
        background: light-dark(#e5e7eb, #111827);
      }
      input[type='search'] {
        box-sizing: border-box;
        inline-size: 100%;
        min-block-size: 2.5rem;
        margin-block-end: 0.75rem;
        padding: 0.25rem 0.75rem;
        border: 1px solid currentColor;
        border-radius: 0.375rem;
        background: transparent;
        color: inherit;
        font: inherit;
      }
      label[hidden] {
        display: none;
      }
      label:not(:has(:disabled)):hover {
        background: light-dark(#f3f4f6, #374151);
      }
      span {
        flex: 1;
      }
      small {
        display: block;
        color: light-dark(#4b5563, #d1d5db);
      }
    `];get chosen(){return Number(this.renderRoot.querySelector(`input:checked`)?.value??-1)}render(){let{availableModels:e,currentModelId:t,currentModelName:n}=this.options,r=e.some(({id:e})=>e!==t);return this.frame(`dialog`,this.strings.choose,I`
        <p id="about">${K(this.strings.current,{model:n})}</p>
        ${r?I`${e.length>ze?this.#e():``}
                <fieldset aria-labelledby="title">${e.map((e,t)=>this.#n(e,t))}</fieldset>`:I`<p>${this.strings.noOther}</p>`}
        ${this.buttons(r?this.strings.switchNow:void 0)}
      `)}opened(){this.renderRoot.querySelector(`input:disabled`)?.scrollIntoView({block:`center`})}#e(){return I`
      <input
        type="search"
        aria-label=${this.strings.find}
        placeholder=${this.strings.find}
        @input=${({target:e})=>this.#t(e.value)}
        @keydown=${e=>e.key===`Enter`&&e.preventDefault()}
      />
    `}#t(e){for(let t of this.renderRoot.querySelectorAll(`label`))t.hidden=!t.textContent.toLowerCase().includes(e.trim().toLowerCase())}#n({id:e,name:t,provider:n,useCase:r},i){let a=e===this.options.currentModelId;return I`
      <label>
        <input type="radio" name="model" value=${i} required ?disabled=${a} />
        <span><bdi>${t}</bdi> <small>${[Oe({modelId:e,provider:n}),r,a&&this.strings.inUse].filter(e=>e).join(` · `)}</small></span>
      </label>
    `}},Ve=100,He=`dialog:modal, model-switch-dialog, model-switch-confirmation`,Ue={"model-switch-notification":Ie,"model-switch-dialog":Be,"model-switch-confirmation":Ee,"model-switch-stack":class extends G{static styles=s`
    :host {
      position: fixed;
      inset-block: auto 0;
      inset-inline: auto 0;
      box-sizing: border-box;
      inline-size: min(28rem, 100vw);
      max-block-size: 100dvh;
      margin: 0;
      padding: 0;
      border: 0;
      background: transparent;
      overflow: auto;
      pointer-events: none; /* what is between and beside the notifications is the page's */
    }
    /* A dialog has its buttons at the bottom. */
    :host([over-dialog]) {
      inset-block: 0 auto;
    }
    div {
      display: grid;
      gap: 0.75rem;
    }
    div > * {
      pointer-events: auto;
    }
    div:not(:empty) {
      padding: 1rem;
    }
  `;#e=new Promise(e=>setTimeout(e,Ve));#t=!1;#n=null;constructor(){super(),this.addEventListener(`pointerenter`,()=>this.#a(!0)),this.addEventListener(`pointerleave`,()=>this.#a(!1)),this.addEventListener(`focusin`,({relatedTarget:e})=>{this.#n=e,this.#o()}),this.addEventListener(`focusout`,this.#o)}connectedCallback(){super.connectedCallback(),this.popover=`manual`,this.role=`region`,this.setAttribute(`aria-keyshortcuts`,`F8`),document.addEventListener(`keydown`,this.#s),document.addEventListener(`visibilitychange`,this.#o),document.addEventListener(`toggle`,this.#c,!0)}disconnectedCallback(){super.disconnectedCallback(),document.removeEventListener(`keydown`,this.#s),document.removeEventListener(`visibilitychange`,this.#o),document.removeEventListener(`toggle`,this.#c,!0),queueMicrotask(()=>this.isConnected||this.#c())}async add(e){this.#c(),await Promise.all([this.updateComplete,this.#e]),this.ariaLabel=Y(e.lang).notifications,e.addEventListener(`dismiss`,()=>this.#i(e)),this.renderRoot.querySelector(Pe(e.notification)?`[role=alert]`:`[role=status]`).append(e),await e.updateComplete,this.#o()}render(){return I`<div role="alert" aria-atomic="false"></div><div role="status" aria-atomic="false"></div>`}get#r(){return[...this.renderRoot.querySelectorAll(`model-switch-notification`)]}#i(e){let t=this.#r,n=t.indexOf(e),r=e.shadowRoot.activeElement,i=r?.matches(`:focus-visible`)?t[n+1]??t[n-1]:null,a=this.#n;e.remove(),r&&(i??a)?.focus(),this.#n=a,this.#o()}#a(e){this.#t=e,this.#o()}#o=()=>{let e=this.#t||this.shadowRoot?.activeElement!=null||document.hidden,{bottom:t}=this.getBoundingClientRect();for(let[n,r]of this.#r.entries()){let i=n===0||r.getBoundingClientRect().bottom<=t;r.hold(e||!i)}};#s=e=>{let t=this.#r.at(-1);e.key===`F8`&&t&&(e.preventDefault(),t.focus())};#c=()=>{let e=[...document.querySelectorAll(He)].at(-1)??document.body;this.toggleAttribute(`over-dialog`,e!==document.body),this.parentNode!==e&&e.append(this),this.matches(`:popover-open`)||this.showPopover()}}};for(let[e,t]of Object.entries(Ue))customElements.get(e)||customElements.define(e,t);async function We(e){if(qe(`showModelSwitchNotification`,e,[`modelName`]),e.silent)return;let{displayDuration:t,lang:n,onClosed:r,...i}=e,a=$(`model-switch-notification`,n);a.notification=i,t!==void 0&&(a.duration=t),a.addEventListener(`dismiss`,e=>r?.(e.detail)),await(document.querySelector(`model-switch-stack`)??document.createElement(`model-switch-stack`)).add(a)}async function Ge(e){if(!Array.isArray(e?.availableModels))throw TypeError(`showModelSwitchDialog: availableModels must be an array of {id, name}`);let t=$(`model-switch-dialog`,e.lang);return t.options=e,await t.ask()?e.availableModels[t.chosen]??null:null}async function Ke(e){qe(`showModelSwitchConfirmation`,e,[`fromModel`,`toModel`]);let t=$(`model-switch-confirmation`,e.lang);return t.options=e,await t.ask()===`yes`}function qe(e,t,n){for(let r of n)if(typeof t?.[r]!=`string`)throw TypeError(`${e}: ${String(r)} must be a string, and is ${typeof t?.[r]}`)}function $(e,t=document.documentElement.lang){let n=document.createElement(e),{language:r,dir:i}=Y(t);return Object.assign(n,{lang:r,dir:i}),n}return e.showModelSwitchConfirmation=Ke,e.showModelSwitchDialog=Ge,e.showModelSwitchNotification=We,e})({});